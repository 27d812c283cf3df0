import type { Period } from "./period";

/** What a new report starts from. */
export interface Template {
  id: string;
  name: string;
  about: string;
  columns: string[];
  period: Period;
}

export const TEMPLATES: [Template, ...Template[]] = [
  { id: "board", name: "Board summary", about: "Revenue, expenses, result and cash", columns: ["revenue", "expenses", "result", "cash"], period: "year" },
  { id: "revenue", name: "Revenue by stream", about: "Where the money comes from", columns: ["revenue", "subscriptions", "services", "usage"], period: "year" },
  { id: "expenses", name: "Expense breakdown", about: "Where the money goes", columns: ["expenses", "payroll", "hosting", "marketing", "office", "software", "travel"], period: "quarter" },
  { id: "cash", name: "Cash watch", about: "What is in the bank, day by day", columns: ["revenue", "expenses", "cash"], period: "month" },
];

export function template(id: string): Template {
  return TEMPLATES.find((one) => one.id === id) ?? TEMPLATES[0];
}
