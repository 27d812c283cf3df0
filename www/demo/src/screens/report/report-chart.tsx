import { LineChart } from "../../charts/line-chart";
import { columns } from "../../data/columns";
import type { Slice } from "../../data/period";
import type { Report } from "../../data/reports";

/** The report's first figure over time, with the second to compare. */
export function ReportChart({ report, rows, about }: { report: Pick<Report, "columns">; rows: Slice[]; about: string }) {
  const [first, second] = columns(report.columns);
  if (!first) return null;
  const series = [first, second].filter((column) => column !== undefined).map((column) => ({ label: column.label, values: rows.map(column.of) }));
  return (
    <section className="card panel">
      <header className="panel-header">
        <h2>{first.label}</h2>
        <p className="overview-legend muted">
          {about}
          {second && <><i /> {first.label} <i className="overview-legend-before" /> {second.label}</>}
        </p>
      </header>
      <LineChart title={`${first.label} over time`} labels={rows.map((row) => row.label)} series={series} />
    </section>
  );
}
