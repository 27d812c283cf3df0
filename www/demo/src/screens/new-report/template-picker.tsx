import { TEMPLATES } from "../../data/templates";
import "./template-picker.css";

/** What the report starts from. */
export function TemplatePicker({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  return (
    <fieldset className="template-picker" data-fv="report-template">
      <legend className="legend">Template</legend>
      {TEMPLATES.map((template) => (
        <label key={template.id}>
          <input type="radio" name="template" value={template.id} checked={template.id === value} onChange={() => onChange(template.id)} />
          <span>
            <b>{template.name}</b>
            <span className="muted">{template.about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
