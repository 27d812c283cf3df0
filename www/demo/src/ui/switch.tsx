import { useId } from "react";
import "./switch.css";

/** Something that is on or off at once, without a button to save it. */
export function Switch({ label, about, on, onChange, ...rest }: { label: string; about: string; on: boolean; onChange: (on: boolean) => void; "data-fv"?: string }) {
  const id = useId();
  return (
    <div className="switch-row">
      <label htmlFor={id}>
        {label}
        <span id={`${id}-about`}>{about}</span>
      </label>
      <input id={id} type="checkbox" role="switch" className="switch" checked={on} aria-describedby={`${id}-about`} onChange={(event) => onChange(event.target.checked)} {...rest} />
    </div>
  );
}
