// Firstvalue, from its script tag, which the page has.

const { firstvalue } = window;

window.contestant = {
  ready: firstvalue.init(),
  track: (event, properties) => firstvalue.track(event, properties),
};
