// What happens here, told to what the host has already. Loaded only where the host asks for it.

import type { Firstvalue, Forward } from "./firstvalue";

type Properties = { [name: string]: unknown };
type Analytics = { track(event: string, properties: Properties): void };

/** What the page has under a name now: such scripts put themselves in the place of their stubs. */
const global = <T>(name: string): T | undefined => (window as unknown as { [name: string]: T | undefined })[name];

const TO: { [to in Forward]: (event: string, properties: Properties) => void } = {
  segment: (event, properties) => global<Analytics>("analytics")?.track(event, properties),
  rudderstack: (event, properties) => global<Analytics>("rudderanalytics")?.track(event, properties),
  posthog: (event, properties) => global<{ capture: Analytics["track"] }>("posthog")?.capture(event, properties),
  dataLayer: (event, properties) => {
    const layer = window as unknown as { dataLayer?: Properties[] };
    (layer.dataLayer ??= []).push({ event, ...properties });
  },
};

/** Tells milestones, and what becomes of guides. What one of them throws is told to handlers of `error`. */
export function forward(to: Forward[], on: Firstvalue["on"]): true {
  const tell = (event: string, properties: Properties): void => {
    for (const name of to) TO[name]?.(event, properties);
  };
  on("milestone", ({ milestone, timeToValue }) => tell("milestone.reached", { milestone, timeToValue }));
  on("event", ({ event, properties }) => event?.startsWith("guide.") && tell(event, { ...properties }));
  return true;
}
