// What the user has agreed to where nobody has said.

import type { Consent } from "./firstvalue";
import { problem } from "./handlers";

/** What holds where the host has not said: browsers can say for their users that they want nothing shared. */
export function defaultConsent(): Consent {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return globalPrivacyControl || doNotTrack === "1" ? "local" : "full";
}

/** What the host says; what is none of the three is no consent. */
export const consentOf = (said: unknown): Consent => {
  if (/^(none|local|full)$/.test(said as string)) return said as Consent;
  problem("argument", `consent \`${said}\` counts as \`none\`: it is \`none\`, \`local\` or \`full\``);
  return "none";
};
