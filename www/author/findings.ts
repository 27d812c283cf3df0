// What can be wrong with the target of a step, in words.

/** What is wrong with a target that was found, or what became of one that was not. */
export const FINDINGS: { [finding: string]: string } = {
  multiple: "several elements match it, and the first was taken",
  covered: "something lies over it",
  missing: "it is not in the page",
  hidden: "it cannot be seen",
  offscreen: "it cannot be scrolled into view",
};
