import { AnalyticsBrowser } from "@segment/analytics-next";

// Its own batching; by default each event is a request.
const delivery = { apiHost: `${location.host}/segment`, protocol: "http", deliveryStrategy: { strategy: "batching" } };
const analytics = AnalyticsBrowser.load({ writeKey: "bench", cdnURL: location.origin }, { integrations: { "Segment.io": delivery } });

window.contestant = {
  ready: analytics.ready(),
  track: (event, properties) => void analytics.track(event, properties),
};
