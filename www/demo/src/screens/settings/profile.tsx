import { useState, type FormEvent } from "react";
import { renamed } from "../../analytics";
import { useSession, useStore } from "../../store/store";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { useToast } from "../../ui/toast";
import "./profile.css";

/** Name and address. */
export function Profile() {
  const { dispatch } = useStore();
  const { person } = useSession();
  const [name, setName] = useState(person.name);
  const say = useToast();
  const wanted = name.trim();

  const save = (event: FormEvent) => {
    event.preventDefault();
    dispatch({ type: "rename", name: wanted });
    renamed({ ...person, name: wanted });
    say("Profile saved");
  };

  return (
    <form className="profile" onSubmit={save}>
      <TextField label="Name" value={name} autoComplete="name" onChange={(event) => setName(event.target.value)} data-fv="profile-name" />
      <TextField label="E-mail" value={person.email} readOnly hint="Ask an admin to change it." />
      <div>
        <Button type="submit" disabled={wanted === "" || wanted === person.name} data-fv="profile-save">Save changes</Button>
      </div>
    </form>
  );
}
