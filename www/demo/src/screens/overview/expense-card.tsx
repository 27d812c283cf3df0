import { BarList } from "../../charts/bar-list";
import { CATEGORIES } from "../../data/ledger";
import type { Slice } from "../../data/period";

/** What the money went out for. */
export function ExpenseCard({ rows }: { rows: Slice[] }) {
  const items = CATEGORIES.map((category) => ({
    label: category.charAt(0).toUpperCase() + category.slice(1),
    value: rows.reduce((sum, row) => sum + row.expenses[category], 0),
  }));
  return (
    <section className="card panel" data-fv="expenses-chart">
      <header className="panel-header">
        <h2>Expenses by category</h2>
      </header>
      <BarList label="Expenses by category" items={items} />
    </section>
  );
}
