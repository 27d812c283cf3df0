// An application that draws its guides itself.

const address = new URLSearchParams(location.search);
const collector = address.get("collector") ?? location.origin;
const { firstvalue } = await import(`${collector}/sdk/firstvalue.js`);

const place = document.getElementById("guide");

/** An element with what is in it. */
const element = (tag, attributes, ...children) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
};

/** Marked-up text as elements: links, emphasis, lists and so on. */
const drawn = (node) =>
  typeof node === "string" ? node : element(node.tag, node.href ? { href: node.href } : {}, ...node.children.map(drawn));

/** Draws a step, or takes away what was drawn. What it gives back is what users must see for it to count. */
const renderer = (step) => {
  place.replaceChildren();
  place.hidden = !step;
  document.querySelector(".pointed-at")?.classList.remove("pointed-at");
  if (!step) return null;
  step.target?.classList.add("pointed-at");
  place.append(
    element("h2", { id: "guide-title" }, step.title ?? ""),
    ...step.body.tree.map(drawn),
    ...(step.note ? [element("p", {}, step.note)] : []),
    ...step.buttons.map(({ label, press, disabled }) => element("button", { onclick: press, ariaDisabled: String(disabled) }, label)),
    element("button", { onclick: step.dismiss, ariaLabel: step.close }, "×"),
  );
  return place;
};

document.getElementById("create").onclick = () => firstvalue.track("report.created");
firstvalue.identify("user-17", { name: "Ada", reports: 1200 });
await firstvalue.init({ writeKey: address.get("key") ?? "demo", endpoint: collector, assets: `${collector}/sdk/`, renderer });
