// What the renderer needs of the page and the browser where a line here takes a fifth of the bytes
// that it takes in Rust. It decides nothing and throws nothing.

/** Whether the path now shown matches a glob: `*` within a segment, `**` across. */
export const isOn = (glob) => {
  const part = (part) => (part[0] === "*" ? (part[1] ? ".*" : "[^/]*") : part.replace(/[^\w/]/g, "\\$&"));
  return new RegExp(`^${glob.split(/(\*\*?)/).map(part).join("")}$`, "s").test(location.pathname);
};

/** What an object has of its own under a key: the page may have put anything on Object.prototype. */
export const member = (of, key) => (of !== null && Object.hasOwn(of, key) ? of[key] : undefined);

/** The keys of an object, by letter. */
export const keys = (of) => Object.keys(of).sort();

/** What is entered in the field in which an event happened. */
export const entered = (event) => event.target.value;

/** Lets the keyboard reach a text that is longer than there is room for. */
export const letScroll = (surface) => {
  const body = surface.querySelector(".body");
  if (!body) return;
  if (body.scrollHeight > body.clientHeight) body.tabIndex = 0;
  else body.removeAttribute("tabindex");
};

/** An element of ours beside one of the page. */
export const beside = (target, before) => {
  const ours = document.createElement("fv-root");
  target[before ? "before" : "after"](ours);
  return ours;
};

/** Whether it is still there. */
export const isBeside = (ours, target, before) =>
  target.isConnected && (before ? target.previousElementSibling : target.nextElementSibling) === ours;
