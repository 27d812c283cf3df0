import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from "react";
import "./field.css";

interface Labelled {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

/** A line of text with its label. */
export function TextField({ label, hint, error, ...rest }: Labelled & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} className="input" aria-invalid={error ? true : undefined} aria-describedby={note ? `${id}-note` : undefined} {...rest} />
      {note && <p id={`${id}-note`} className={error ? "field-error" : "field-hint"}>{note}</p>}
    </div>
  );
}

/** One of a few choices that need no explanation. */
export function SelectField({ label, hint, error, children, ...rest }: Labelled & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input select" aria-describedby={note ? `${id}-note` : undefined} {...rest}>
        {children}
      </select>
      {note && <p id={`${id}-note`} className="field-hint">{note}</p>}
    </div>
  );
}
