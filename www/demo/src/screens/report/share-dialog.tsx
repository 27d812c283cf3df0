import { useState, type FormEvent } from "react";
import { sentReport } from "../../analytics";
import { plural } from "../../data/format";
import type { Report } from "../../data/reports";
import { usePeople, useStore } from "../../store/store";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { useToast } from "../../ui/toast";
import { PeoplePicker } from "./people-picker";

/** Send a report to colleagues. */
export function ShareDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { dispatch } = useStore();
  const [, ...colleagues] = usePeople();
  const [picked, setPicked] = useState<string[]>([]);
  const say = useToast();

  const send = (event: FormEvent) => {
    event.preventDefault();
    const sharedWith = [...new Set([...report.sharedWith, ...picked])];
    dispatch({ type: "change-report", id: report.id, change: { sharedWith, updatedAt: Date.now() } });
    sentReport();
    say(`Sent to ${plural(picked.length, "colleague")}`);
    onClose();
  };

  return (
    <Dialog title="Share this report" about="They get a link that always shows the latest figures." onClose={onClose} data-fv="share-dialog">
      <form className="dialog-form" onSubmit={send}>
        <PeoplePicker label="Who should get it?" people={colleagues} picked={picked} onPick={setPicked} />
        <TextField label="Message" placeholder="Optional" data-fv="share-message" />
        <div className="dialog-actions">
          <Button look="quiet" onClick={onClose}>Cancel</Button>
          {/* Disabled until it means something: the playbook records a click on it as a report shared. */}
          <Button type="submit" look="primary" disabled={picked.length === 0} data-fv="share-send">Send</Button>
        </div>
      </form>
    </Dialog>
  );
}
