import { ofKind, text } from "../specimen";

const step = {
  target: { css: "#export" },
  title: text("Tired of exporting?", "سئمت التصدير؟"),
  body: text("**Schedule** it, and it comes by mail every Monday.", "**جدوله** وسيصلك بالبريد كل اثنين."),
};
const beside = (placement: string) => ({ kind: "tooltip", steps: [{ ...step, target: { css: "#summary strong" }, placement }] });

export const tooltips = ofKind("Tooltip", {
  tooltip: { title: "Usual", guide: { kind: "tooltip", steps: [step] } },
  "tooltip-top": { title: "Above", guide: beside("top") },
  "tooltip-right": { title: "On the right", guide: beside("right") },
  "tooltip-body": {
    title: "Text only",
    guide: { kind: "tooltip", steps: [{ target: step.target, body: step.body }] },
  },
});
