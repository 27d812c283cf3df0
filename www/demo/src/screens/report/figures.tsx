import { columns } from "../../data/columns";
import { euros } from "../../data/format";
import type { Slice } from "../../data/period";
import "./figures.css";

/** The table of a report: a row for each day, week or month, and what they come to. */
export function Figures({ columnIds, rows }: { columnIds: string[]; rows: Slice[] }) {
  const shown = columns(columnIds);
  return (
    <div className="figures card" tabIndex={0} role="region" aria-label="Figures">
      <table className="number">
        <thead>
          <tr>
            <th scope="col">Period</th>
            {shown.map((column) => <th key={column.id} scope="col">{column.label}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.from}>
              <th scope="row">{row.label}</th>
              {shown.map((column) => <td key={column.id} className={column.of(row) < 0 ? "figures-below" : ""}>{euros(column.of(row))}</td>)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            {shown.map((column) => (
              <td key={column.id}>{column.level ? "" : euros(rows.reduce((sum, row) => sum + column.of(row), 0))}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
