import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useRef } from "react";
import { ago } from "../../data/format";
import type { Report } from "../../data/reports";
import { template } from "../../data/templates";
import { addressOf } from "../../route";
import { Avatar } from "../../ui/avatar";
import { StatusBadge } from "../../ui/badge";
import type { Order, SortKey } from "./order";
import "./report-table.css";

const HEADINGS: { key: SortKey; label: string }[] = [
  { key: "name", label: "Name" },
  { key: "template", label: "Template" },
  { key: "owner", label: "Owner" },
  { key: "updated", label: "Updated" },
  { key: "status", label: "Status" },
];

/** The list itself. */
export function ReportTable({ reports, owners, order, onOrder }: { reports: Report[]; owners: Map<string, string>; order: Order; onOrder: (order: Order) => void }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Braces, because newer browsers answer with a promise and React would take it for a clean-up.
    frame.current?.scrollTo(0, 0);
  }, [order, reports.length]);
  return (
    <div className="report-frame card" ref={frame} tabIndex={0} role="region" aria-label="Reports" data-fv="report-list">
      <table className="report-table">
        <thead>
          <tr>
            {HEADINGS.map(({ key, label }) => (
              <Heading key={key} column={key} label={label} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <tr key={report.id}>
              <td className="report-name">
                <a href={addressOf.report(report.id)}>{report.name}</a>
              </td>
              <td className="muted">{template(report.template).name}</td>
              <td>
                <span className="report-owner">
                  <Avatar name={owners.get(report.owner) ?? "?"} size="small" />
                  {owners.get(report.owner) ?? "Somebody who left"}
                </span>
              </td>
              <td className="muted number">{ago(report.updatedAt)}</td>
              <td><StatusBadge report={report} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {reports.length === 0 && <p className="report-none muted">No report matches. Try fewer words, or another filter.</p>}
    </div>
  );
}

function Heading({ column, label, order, onOrder }: { column: SortKey; label: string; order: Order; onOrder: (order: Order) => void }) {
  const active = order.by === column;
  const Arrow = order.down ? ArrowDown : ArrowUp;
  // What is newest interests most; names read from A.
  const next = active ? !order.down : column === "updated";
  return (
    <th scope="col" aria-sort={active ? (order.down ? "descending" : "ascending") : "none"}>
      <button type="button" onClick={() => onOrder({ by: column, down: next })}>
        {label}
        {active && <Arrow size={13} aria-hidden="true" />}
      </button>
    </th>
  );
}
