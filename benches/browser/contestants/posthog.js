import posthog from "posthog-js";

// By default it drops what comes faster than ten events a second.
const rate_limiting = { events_per_second: 100_000, events_burst_limit: 1_000_000 };

window.contestant = {
  ready: new Promise((loaded) => posthog.init("phc_bench", { api_host: location.origin, rate_limiting, loaded })),
  track: (event, properties) => posthog.capture(event, properties),
};
