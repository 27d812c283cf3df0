import { ArrowRight } from "lucide-react";
import { useEffect, useState, type FormEvent } from "react";
import { signedIn, track } from "../../analytics";
import { DEMO_PEOPLE, visitor, type DemoPerson } from "../../data/people";
import { addressOf, navigate } from "../../route";
import { Logo } from "../../shell/logo";
import { useStore } from "../../store/store";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { Preview } from "./preview";
import "./sign-in.css";

/** Choose who you are: this is a demo, so nobody asks for a password. */
export function SignIn() {
  const { state, dispatch } = useStore();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string>();
  useEffect(() => {
    document.title = "Sign in · Ledgerly";
  }, []);

  const enter = ({ person, account }: DemoPerson) => {
    const at = Date.now();
    signedIn(person, account, state.since[person.id] ?? at);
    track("session.started");
    dispatch({ type: "sign-in", person, account, at });
    navigate(addressOf.overview);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const somebody = visitor(typed);
    if (somebody) enter(somebody);
    else setError("Type a name or an e-mail address, two letters at least.");
  };

  return (
    <div className="sign-in">
      <main className="sign-in-main">
        <Logo />
        <div className="sign-in-form">
          <div>
            <h1>Sign in</h1>
            <p className="muted">This is a demo: pick somebody to be.</p>
          </div>
          <ul className="sign-in-people">
            {DEMO_PEOPLE.map((choice) => (
              <li key={choice.person.id}>
                <button type="button" data-fv={`sign-in-${choice.person.id}`} onClick={() => enter({ ...choice, person: { ...choice.person, id: `${choice.person.id}-${state.visit}` } })}>
                  <Avatar name={choice.person.name} size="large" />
                  <span>
                    <b>{choice.person.name}</b>
                    <span className="muted">{choice.about}</span>
                  </span>
                  <ArrowRight size={16} aria-hidden="true" />
                </button>
              </li>
            ))}
          </ul>
          <p className="sign-in-or muted"><span>or come as yourself</span></p>
          <form className="sign-in-self" onSubmit={submit} noValidate>
            <TextField
              label="Name or e-mail"
              placeholder="ada@juniper.example"
              autoComplete="email"
              value={typed}
              error={error}
              onChange={(event) => { setTyped(event.target.value); setError(undefined); }}
              data-fv="sign-in-name"
            />
            <Button type="submit" look="primary" data-fv="sign-in-submit">Continue</Button>
          </form>
        </div>
        <p className="sign-in-foot muted">What you do here stays in this browser and on the server you started.</p>
      </main>
      <Preview />
    </div>
  );
}
