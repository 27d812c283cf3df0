import { X } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import "./dialog.css";

/** A modal dialog: the browser's own, so focus and the page behind it are taken care of. */
export function Dialog({ title, about, onClose, children, ...rest }: { title: string; about?: string; onClose: () => void; children: ReactNode; "data-fv"?: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={heading}
      onClose={onClose}
      // The padding belongs to the form inside, so the dialog itself is hit on its backdrop only.
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      {...rest}
    >
      <div className="dialog-content">
        <header className="dialog-header">
          <div>
            <h2 id={heading}>{title}</h2>
            {about && <p className="muted">{about}</p>}
          </div>
          <button type="button" className="dialog-close" aria-label="Close" onClick={() => dialog.current?.close()}>
            <X size={16} />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
