import { status, type Report } from "../../data/reports";
import { template } from "../../data/templates";

/** A column that the list can be sorted by. */
export type SortKey = "name" | "template" | "owner" | "updated" | "status";

export interface Order {
  by: SortKey;
  down: boolean;
}

const NAMES = new Intl.Collator("en-GB", { numeric: true });

/** The reports in another order; what is equal stays newest first. */
export function sorted(reports: Report[], order: Order, owners: Map<string, string>): Report[] {
  const text = (report: Report) => {
    switch (order.by) {
      case "name": return report.name;
      case "template": return template(report.template).name;
      case "owner": return owners.get(report.owner) ?? "";
      default: return status(report);
    }
  };
  const compare = order.by === "updated"
    ? (a: Report, b: Report) => a.updatedAt - b.updatedAt
    : (a: Report, b: Report) => NAMES.compare(text(a), text(b));
  return reports.toSorted((a, b) => (order.down ? -1 : 1) * compare(a, b));
}
