import { ofKind, text } from "../specimen";

const step = {
  title: text("Better together.", "معًا أفضل."),
  body: text("Teams that invite a colleague get more out of it.", "الفرق التي تدعو زميلًا تستفيد أكثر."),
  actions: [{ label: text("Invite people", "ادعُ أشخاصًا"), do: "complete" }],
};
const banner = (more: object) => ({ kind: "banner", steps: [{ ...step, ...more }] });

export const banners = ofKind("Banner", {
  banner: { title: "At the bottom", guide: banner({}) },
  "banner-top": { title: "At the top", guide: banner({ placement: "top" }) },
  "banner-before": { title: "Before an element", guide: banner({ target: { css: "#summary" }, placement: "before" }) },
  "banner-after": { title: "After an element", guide: banner({ target: { css: "#summary" }, placement: "after" }) },
  "banner-slot": { title: "In a slot of the page", guide: { ...banner({}), slot: "start" } },
  "banner-words": {
    title: "Without a button",
    guide: banner({ title: undefined, actions: [], body: text("We are back. [What happened](/status)", "لقد عدنا. [ماذا حدث](/status)") }),
  },
});
