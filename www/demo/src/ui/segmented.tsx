import { useId } from "react";
import "./segmented.css";

interface Choice<T extends string> {
  id: T;
  label: string;
}

/** One of two to four choices, all in view. Radio buttons, so that the arrow keys work. */
export function Segmented<T extends string>({ label, choices, value, onChange }: { label: string; choices: readonly Choice<T>[]; value: T; onChange: (value: T) => void }) {
  const name = useId();
  return (
    <div className="segmented" role="radiogroup" aria-label={label}>
      {choices.map((choice) => (
        <label key={choice.id}>
          <input type="radio" name={name} value={choice.id} checked={choice.id === value} onChange={() => onChange(choice.id)} />
          <span>{choice.label}</span>
        </label>
      ))}
    </div>
  );
}
