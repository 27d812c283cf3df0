import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";

// Its own batching; by default each event is a request.
const analytics = new RudderAnalytics();
const queueOptions = { batch: { enabled: true } };
analytics.load("bench", `${location.origin}/rudder`, { configUrl: location.origin, queueOptions });

window.contestant = {
  ready: new Promise((ready) => analytics.ready(ready)),
  track: (event, properties) => analytics.track(event, properties),
};
