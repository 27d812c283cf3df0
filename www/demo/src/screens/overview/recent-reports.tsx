import { ago } from "../../data/format";
import { addressOf } from "../../route";
import { useStore } from "../../store/store";
import { StatusBadge } from "../../ui/badge";
import "./recent-reports.css";

const SHOWN = 5;

/** What was made or changed last. */
export function RecentReports() {
  const { reports } = useStore();
  const recent = reports.toSorted((a, b) => b.updatedAt - a.updatedAt).slice(0, SHOWN);
  return (
    <section className="card panel">
      <header className="panel-header">
        <h2>Recent reports</h2>
        <a className="muted" href={addressOf.reports}>All reports</a>
      </header>
      <ul className="recent-reports">
        {recent.map((report) => (
          <li key={report.id}>
            <a href={addressOf.report(report.id)}>
              <span>{report.name}</span>
              <span className="muted">{ago(report.updatedAt)}</span>
            </a>
            <StatusBadge report={report} />
          </li>
        ))}
      </ul>
    </section>
  );
}
