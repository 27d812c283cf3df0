import { COLUMNS } from "../../data/columns";
import "./column-picker.css";

/** Which figures the report shows. */
export function ColumnPicker({ value, onChange }: { value: string[]; onChange: (ids: string[]) => void }) {
  const toggle = (id: string) => onChange(value.includes(id) ? value.filter((one) => one !== id) : [...value, id]);
  return (
    <fieldset className="column-picker" data-fv="report-columns">
      <legend className="legend">Columns</legend>
      {COLUMNS.map((column) => (
        <label key={column.id}>
          <input type="checkbox" checked={value.includes(column.id)} onChange={() => toggle(column.id)} />
          <span>{column.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
