import { UserPlus } from "lucide-react";
import { useState, type FormEvent } from "react";
import { track } from "../../analytics";
import { ROLES, type Role } from "../../data/people";
import { useStore } from "../../store/store";
import { Button } from "../../ui/button";
import { SelectField, TextField } from "../../ui/field";
import { useToast } from "../../ui/toast";
import "./invite-form.css";

/** Ask a colleague to join. `taken` are the addresses that have a seat or an invitation. */
export function InviteForm({ taken }: { taken: string[] }) {
  const { dispatch } = useStore();
  const say = useToast();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("analyst");
  const [error, setError] = useState<string>();

  const invite = (event: FormEvent) => {
    event.preventDefault();
    const address = email.trim();
    if (!/^\S+@\S+\.\S+$/.test(address)) return setError("That does not look like an e-mail address.");
    if (taken.includes(address.toLowerCase())) return setError("They have a seat or an invitation already.");
    dispatch({ type: "invite", invitation: { email: address, role, at: Date.now() } });
    track("person.invited", { role });
    say(`Invitation sent to ${address}`);
    setEmail("");
  };

  return (
    <form className="invite card" onSubmit={invite} noValidate>
      <TextField
        label="Invite a colleague"
        type="email"
        placeholder="name@company.example"
        autoComplete="off"
        value={email}
        error={error}
        onChange={(event) => { setEmail(event.target.value); setError(undefined); }}
        data-fv="invite-email"
      />
      <SelectField label="Role" value={role} onChange={(event) => setRole(event.target.value as Role)} data-fv="invite-role">
        {ROLES.map((one) => <option key={one.id} value={one.id}>{one.label}</option>)}
      </SelectField>
      <Button type="submit" look="primary" data-fv="invite-send"><UserPlus size={15} aria-hidden="true" />Send invitation</Button>
      <p className="invite-about muted">{ROLES.find((one) => one.id === role)?.about}.</p>
    </form>
  );
}
