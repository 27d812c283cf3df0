import { expensesOf, resultOf, revenueOf, type Slice } from "./period";

/** A figure that a report can show. */
export interface Column {
  id: string;
  label: string;
  of: (row: Slice) => number;
  /** A level at a moment, such as cash, is not added up over rows. */
  level?: boolean;
}

export const COLUMNS: Column[] = [
  { id: "revenue", label: "Revenue", of: revenueOf },
  { id: "subscriptions", label: "Subscriptions", of: (row) => row.revenue.subscriptions },
  { id: "services", label: "Services", of: (row) => row.revenue.services },
  { id: "usage", label: "Usage", of: (row) => row.revenue.usage },
  { id: "expenses", label: "Expenses", of: expensesOf },
  { id: "payroll", label: "Payroll", of: (row) => row.expenses.payroll },
  { id: "hosting", label: "Hosting", of: (row) => row.expenses.hosting },
  { id: "marketing", label: "Marketing", of: (row) => row.expenses.marketing },
  { id: "office", label: "Office", of: (row) => row.expenses.office },
  { id: "software", label: "Software", of: (row) => row.expenses.software },
  { id: "travel", label: "Travel", of: (row) => row.expenses.travel },
  { id: "result", label: "Net result", of: resultOf },
  { id: "cash", label: "Cash", of: (row) => row.cash, level: true },
];

/** The columns of these ids, in the order of the books rather than of the ids. */
export function columns(ids: readonly string[]): Column[] {
  return COLUMNS.filter((column) => ids.includes(column.id));
}
