import { euros } from "../data/format";
import "./bar-list.css";

/** Amounts by category, the largest first. Each line says its amount, so the bars are decoration. */
export function BarList({ label, items }: { label: string; items: { label: string; value: number }[] }) {
  const sorted = items.toSorted((a, b) => b.value - a.value);
  const most = Math.max(...sorted.map((item) => item.value), 1);
  const sum = sorted.reduce((whole, item) => whole + item.value, 0) || 1;
  return (
    <ul className="bar-list" aria-label={label}>
      {sorted.map((item) => (
        <li key={item.label}>
          <span>{item.label}</span>
          <span className="number">
            {euros(item.value)} <span className="bar-list-share muted">{Math.round((item.value / sum) * 100)}%</span>
          </span>
          <span className="bar-list-track" aria-hidden="true">
            <span className="bar-list-bar" style={{ width: `${(item.value / most) * 100}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
