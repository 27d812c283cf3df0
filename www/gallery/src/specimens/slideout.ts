import { ofKind, text } from "../specimen";

const step = {
  title: text("Reports by mail", "التقارير بالبريد"),
  body: text("Pick a day, and everybody on the list has it in the morning.", "اختر يومًا وسيصل إلى الجميع في القائمة صباحًا."),
};
const actions = [
  { label: text("Not now", "ليس الآن"), do: "dismiss" },
  { label: text("Schedule one", "جدول واحدًا"), do: "complete" },
];

export const slideouts = ofKind("Slideout", {
  slideout: { title: "Usual", guide: { kind: "slideout", steps: [{ ...step, actions }] } },
  "slideout-left": { title: "On the left", guide: { kind: "slideout", steps: [{ ...step, actions, placement: "left" }] } },
  "slideout-steps": { title: "Several steps", guide: { kind: "slideout", steps: [step, step] } },
});
