// What the user has agreed to where nobody has said.

import type { Consent } from "./firstvalue";

/** What holds where the host has not said: browsers can say for their users that they want nothing shared. */
export function defaultConsent(): Consent {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return globalPrivacyControl || doNotTrack === "1" ? "local" : "full";
}
