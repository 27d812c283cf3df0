import { useMemo } from "react";
import { LineChart } from "../../charts/line-chart";
import { change, euros } from "../../data/format";
import { revenueOf, slices } from "../../data/period";
import { useStore } from "../../store/store";
import "./preview.css";

/** A look at what is behind the sign-in. Decoration, so it is silent and out of reach. */
export function Preview() {
  const { days } = useStore();
  const { now, before } = useMemo(() => slices(days, "year"), [days]);
  const sum = now.reduce((whole, row) => whole + revenueOf(row), 0);
  const sumBefore = before.reduce((whole, row) => whole + revenueOf(row), 0);
  return (
    <aside className="preview" aria-hidden="true" inert>
      <div className="preview-card card">
        <p className="muted">Revenue, last 12 months</p>
        <p className="preview-sum number">
          {euros(sum)} <span>{change(sum, sumBefore)}</span>
        </p>
        <LineChart title="Revenue" labels={now.map((row) => row.label)} series={[{ label: "Revenue", values: now.map(revenueOf) }]} height={210} />
      </div>
      <p className="preview-line">Reports your board will read, straight from your books.</p>
    </aside>
  );
}
