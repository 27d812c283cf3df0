import { OpenPanel } from "@openpanel/web";

const openpanel = new OpenPanel({ clientId: "bench", apiUrl: `${location.origin}/openpanel` });

window.contestant = {
  ready: Promise.resolve(),
  track: (event, properties) => void openpanel.track(event, properties),
};
