import { useId, type ReactNode } from "react";
import "./section.css";

/** Settings that belong together. */
export function Section({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section className="settings-section" aria-labelledby={heading}>
      <div>
        <h2 id={heading}>{title}</h2>
        <p className="muted">{about}</p>
      </div>
      <div className="settings-section-card card">{children}</div>
    </section>
  );
}
