import { change, euros } from "../../data/format";
import "./key-figure.css";

/** One number, and how it compares with the period before. */
export function KeyFigure({ label, now, before, better = "up" }: { label: string; now: number; before: number; better?: "up" | "down" }) {
  const good = better === "up" ? now >= before : now <= before;
  return (
    <div className="key-figure">
      <dt className="muted">{label}</dt>
      <dd className="number">
        <b>{euros(now)}</b>
        <span className={good ? "key-figure-good" : "key-figure-bad"}>
          {change(now, before)}
          <span className="sr-only"> against the period before</span>
        </span>
      </dd>
    </div>
  );
}
