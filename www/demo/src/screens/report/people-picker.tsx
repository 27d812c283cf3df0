import type { Person } from "../../data/people";
import { Avatar } from "../../ui/avatar";
import "./people-picker.css";

/** Pick some of the colleagues. */
export function PeoplePicker({ label, people, picked, onPick }: { label: string; people: Person[]; picked: string[]; onPick: (ids: string[]) => void }) {
  const toggle = (id: string) => onPick(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  return (
    <fieldset className="people-picker">
      <legend className="legend">{label}</legend>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <label>
              <input type="checkbox" checked={picked.includes(person.id)} onChange={() => toggle(person.id)} data-fv={`pick-${person.id}`} />
              <Avatar name={person.name} />
              <span>
                <b>{person.name}</b>
                <span className="muted">{person.email}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
