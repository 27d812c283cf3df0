// Steps for a host that draws them itself: data, and functions for what the user does.

import { parse, spoken } from "./markdown.js";

/** Marked-up text as what it says and as a tree. */
const marked = (text) => ({ text: spoken("", text), tree: parse(text) });

/** Hands a step to the host, or that there is none any more. What it throws is reported as an error of the page. */
export const hand = (draw, json, target, act) => {
  const step = JSON.parse(json);
  try {
    if (!step) return draw(null);
    const { buttons, question, tasks } = step;
    return draw({
      ...step,
      target,
      body: marked(step.body),
      buttons: buttons.map((button, place) => ({ ...button, press: () => act("press", place) })),
      question: question && { ...question, give: (...values) => act("answer", values.map(String)) },
      tasks: tasks?.map((task) => ({ ...task, body: marked(task.body) })),
      next: () => act("next"),
      back: () => act("back"),
      dismiss: () => act("dismiss"),
      seen: () => act("seen"),
    });
  } catch (error) {
    const message = `firstvalue: \`renderer\` threw: ${error}`;
    // The stack leads through this package, which would be taken to be broken.
    reportError(Object.assign(new Error(message, { __proto__: null, cause: error }), { stack: message }));
  }
};
