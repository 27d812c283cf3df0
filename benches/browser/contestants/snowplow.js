import { newTracker, trackSelfDescribingEvent } from "@snowplow/browser-tracker";

newTracker("bench", location.origin, { appId: "bench", bufferSize: 10 });

window.contestant = {
  ready: Promise.resolve(),
  track: (event, properties) => trackSelfDescribingEvent({ event: { schema: `iglu:bench/${event}/jsonschema/1-0-0`, data: properties } }),
};
