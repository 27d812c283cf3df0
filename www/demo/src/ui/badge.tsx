import { status, type Report, type Status } from "../data/reports";
import "./badge.css";

const LABELS: Record<Status, string> = { draft: "Draft", shared: "Shared", scheduled: "Scheduled" };

/** What has become of a report. */
export function StatusBadge({ report }: { report: Report }) {
  const is = status(report);
  return <Badge look={is}>{LABELS[is]}</Badge>;
}

export function Badge({ look, children }: { look: Status | "role" | "plan"; children: string }) {
  return <span className={`badge badge-${look}`}>{children}</span>;
}
