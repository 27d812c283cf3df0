import { useEffect, type ReactNode } from "react";
import "./screen.css";

/** The frame of a screen: its name, what can be done there, and the rest. */
export function Screen({ title, about, actions, fill = false, children }: { title: string; about?: ReactNode; actions?: ReactNode; fill?: boolean; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Ledgerly`;
  }, [title]);
  return (
    <div className={fill ? "screen screen-fill" : "screen"}>
      <header className="screen-header">
        <div>
          <h1>{title}</h1>
          {about && <div className="screen-about muted">{about}</div>}
        </div>
        {actions && <div className="screen-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
