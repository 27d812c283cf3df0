import { LogOut } from "lucide-react";
import { signedOut } from "../../analytics";
import { addressOf, navigate } from "../../route";
import { Screen } from "../../shell/screen";
import { newVisit, type Action } from "../../store/state";
import { useSession, useStore } from "../../store/store";
import { Button } from "../../ui/button";
import { Notifications } from "./notifications";
import { Profile } from "./profile";
import { Section } from "./section";

/** What concerns the person rather than the account. */
export function SettingsScreen() {
  const { dispatch } = useStore();
  const { account } = useSession();

  const leave = (action: Action) => {
    signedOut();
    dispatch(action);
    navigate(addressOf.signIn);
  };

  return (
    <Screen title="Settings" about={`Your own, in ${account.name}`}>
      <Section title="Profile" about="How colleagues see you.">
        <Profile />
      </Section>
      <Section title="Notifications" about="Sent by e-mail. Changes are saved at once.">
        <Notifications />
      </Section>
      <Section title="Session" about="Signing out keeps your reports in this browser.">
        <div>
          <Button onClick={() => leave({ type: "sign-out" })} data-fv="sign-out"><LogOut size={15} aria-hidden="true" />Sign out</Button>
        </div>
      </Section>
      <Section title="Start over" about="Forgets all that was done in this demo: reports, invitations, and who you were.">
        <div>
          <Button look="danger" onClick={() => leave({ type: "start-over", visit: newVisit() })} data-fv="start-over">Reset the demo</Button>
        </div>
      </Section>
    </Screen>
  );
}
