// The least that recording takes: a push on an array, and one request for each 250. No product: it keeps
// nothing, tries nothing again, and knows nobody.

const waiting = [];
const send = () => {
  const batch = waiting.splice(0, 250);
  if (batch.length) fetch("/floor", { method: "POST", body: JSON.stringify(batch) });
};
setInterval(send, 1_000);

window.contestant = {
  ready: Promise.resolve(),
  track(event, properties) {
    waiting.push({ event, properties: { ...properties }, at: Date.now() });
    if (waiting.length >= 250) send();
  },
};
