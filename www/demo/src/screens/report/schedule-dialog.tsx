import { useState, type FormEvent } from "react";
import { scheduledReport, track } from "../../analytics";
import type { Report, Schedule } from "../../data/reports";
import { usePeople, useStore } from "../../store/store";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Segmented } from "../../ui/segmented";
import { useToast } from "../../ui/toast";
import { PeoplePicker } from "./people-picker";

const EVERY: { id: Schedule["every"]; label: string }[] = [
  { id: "day", label: "Daily" },
  { id: "week", label: "Mondays" },
  { id: "month", label: "1st of the month" },
];

/** Have a report sent by itself. */
export function ScheduleDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { dispatch } = useStore();
  const people = usePeople();
  const [every, setEvery] = useState<Schedule["every"]>(report.schedule?.every ?? "month");
  const [to, setTo] = useState<string[]>(report.schedule?.to ?? people.slice(0, 1).map((person) => person.id));
  const say = useToast();

  const save = (event: FormEvent) => {
    event.preventDefault();
    dispatch({ type: "change-report", id: report.id, change: { schedule: { every, to }, updatedAt: Date.now() } });
    track("report.scheduled", { every });
    scheduledReport();
    say("Schedule saved");
    onClose();
  };
  const remove = () => {
    dispatch({ type: "change-report", id: report.id, change: { schedule: null, updatedAt: Date.now() } });
    say("Schedule removed");
    onClose();
  };

  return (
    <Dialog title="Schedule this report" about="Sent at 7:00 in your time zone, with the latest figures." onClose={onClose} data-fv="schedule-dialog">
      <form className="dialog-form" onSubmit={save}>
        <Segmented label="How often" choices={EVERY} value={every} onChange={setEvery} />
        <PeoplePicker label="Who should get it?" people={people} picked={to} onPick={setTo} />
        <div className="dialog-actions">
          {report.schedule && <Button look="danger" onClick={remove}>Stop sending</Button>}
          <Button look="quiet" onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={to.length === 0} data-fv="schedule-save">Save schedule</Button>
        </div>
      </form>
    </Dialog>
  );
}
