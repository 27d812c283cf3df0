import { addressOf } from "../route";
import { Screen } from "../shell/screen";
import { ButtonLink } from "../ui/button";

/** For addresses that lead nowhere. */
export function NotFound() {
  return (
    <Screen title="Nothing here" about="This page has moved, or it never was. Your reports are all where you left them.">
      <div>
        <ButtonLink href={addressOf.reports}>Go to reports</ButtonLink>
      </div>
    </Screen>
  );
}
