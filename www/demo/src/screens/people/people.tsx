import { ROLES, type Role } from "../../data/people";
import { ago, plural } from "../../data/format";
import { Screen } from "../../shell/screen";
import { usePeople, useStore } from "../../store/store";
import { Avatar } from "../../ui/avatar";
import { Badge } from "../../ui/badge";
import { InviteForm } from "./invite-form";
import "./people.css";

const label = (role: Role) => ROLES.find((one) => one.id === role)?.label ?? role;

/** Who has a seat, and who was asked to take one. */
export function People() {
  const { invitations } = useStore().state;
  const people = usePeople();
  return (
    <Screen title="People" about={plural(people.length, "person has a seat", "people have a seat")}>
      <InviteForm taken={[...people, ...invitations].map((one) => one.email.toLowerCase())} />
      <ul className="people card">
        {invitations.map((invitation) => (
          <li key={invitation.email}>
            <span className="people-pending" aria-hidden="true" />
            <span className="people-who">
              <b>{invitation.email}</b>
              <span className="muted">Invited {ago(invitation.at)}</span>
            </span>
            <Badge look="role">{label(invitation.role)}</Badge>
          </li>
        ))}
        {people.map((person, index) => (
          <li key={person.id}>
            <Avatar name={person.name} size="large" />
            <span className="people-who">
              <b>{person.name}{index === 0 && <span className="muted"> (you)</span>}</b>
              <span className="muted">{person.email}</span>
            </span>
            <Badge look="role">{label(person.role)}</Badge>
          </li>
        ))}
      </ul>
    </Screen>
  );
}
