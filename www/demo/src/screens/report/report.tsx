import { ArrowLeft, CalendarClock, Download, Send } from "lucide-react";
import { useMemo, useState } from "react";
import { track } from "../../analytics";
import { csv, download } from "../../data/csv";
import { ago, plural } from "../../data/format";
import { PERIODS, slices } from "../../data/period";
import { addressOf } from "../../route";
import { Screen } from "../../shell/screen";
import { usePeople, useStore } from "../../store/store";
import { StatusBadge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { useToast } from "../../ui/toast";
import { NotFound } from "../not-found";
import { Figures } from "./figures";
import { ReportChart } from "./report-chart";
import { ScheduleDialog } from "./schedule-dialog";
import { ShareDialog } from "./share-dialog";
import "./report.css";

const EVERY = { day: "every day", week: "every Monday", month: "on the first of the month" };

/** One report: its figures, and what can be done with them. */
export function ReportScreen({ id }: { id: string }) {
  const { reports, days } = useStore();
  const people = usePeople();
  const say = useToast();
  const [dialog, setDialog] = useState<"share" | "schedule" | null>(null);
  const report = reports.find((one) => one.id === id);
  const rows = useMemo(() => (report ? slices(days, report.period).now : []), [days, report]);
  if (!report) return <NotFound />;

  const owner = people.find((person) => person.id === report.owner);
  const period = PERIODS.find((one) => one.id === report.period);
  const exportCsv = () => {
    download(`${report.name}.csv`, csv(report, rows));
    track("report.exported", { format: "csv" });
    say("Report exported");
  };

  return (
    <>
      <Screen
        title={report.name}
        about={
          <>
            <StatusBadge report={report} />
            <span>{owner?.name ?? "Somebody who left"}</span>
            <span>{ago(report.updatedAt)}</span>
            {report.sharedWith.length > 0 && <span>Sent to {plural(report.sharedWith.length, "colleague")}</span>}
            {report.schedule && <span>Goes out {EVERY[report.schedule.every]}</span>}
          </>
        }
        actions={
          <>
            <Button onClick={exportCsv} data-fv="export-csv"><Download size={15} aria-hidden="true" />Export CSV</Button>
            <Button onClick={() => setDialog("schedule")} data-fv="schedule-report"><CalendarClock size={15} aria-hidden="true" />Schedule</Button>
            <Button look="primary" onClick={() => setDialog("share")} data-fv="share-report"><Send size={15} aria-hidden="true" />Share</Button>
          </>
        }
      >
        <p className="report-back"><a className="muted" href={addressOf.reports}><ArrowLeft size={14} aria-hidden="true" />All reports</a></p>
        <ReportChart report={report} rows={rows} about={period?.label ?? ""} />
        <Figures columnIds={report.columns} rows={rows} />
      </Screen>
      {dialog === "share" && <ShareDialog report={report} onClose={() => setDialog(null)} />}
      {dialog === "schedule" && <ScheduleDialog report={report} onClose={() => setDialog(null)} />}
    </>
  );
}
