import { euros } from "../data/format";
import type { Series } from "./line-chart";

/** The figures of a chart as a table, for those who hear the page. */
export function DataTable({ title, labels, series }: { title: string; labels: string[]; series: Series[] }) {
  return (
    <table className="sr-only">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Period</th>
          {series.map((line) => <th key={line.label} scope="col">{line.label}</th>)}
        </tr>
      </thead>
      <tbody>
        {labels.map((label, index) => (
          <tr key={index}>
            <th scope="row">{label}</th>
            {series.map((line) => <td key={line.label}>{euros(line.values[index] ?? 0)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
