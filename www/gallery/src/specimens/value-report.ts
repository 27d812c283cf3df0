import { ofKind, text } from "../specimen";

const title = text("What you have saved", "ما وفّرتموه");
const panel = {
  body: text("Every report that sends itself is **an hour** for something else.", "كل تقرير يُرسل تلقائيًا يوفّر **ساعة** لعمل آخر."),
  actions: [{ label: text("Save more", "وفّر المزيد"), do: "start", with: "mail-tour" }],
};
const report = (more: object = {}, also: object = {}) => ({ kind: "value-report", title, ...also, panel: { ...panel, ...more } });
const told = "outcomes.json";
const press = ".launcher";

export const reports = ofKind("Value report", {
  "value-report-closed": { title: "Closed", guide: report() },
  "value-report": { title: "Open", guide: report(), told, press },
  "value-report-one": { title: "One outcome, at an element of the page", guide: report({ outcomes: ["deals"], launcher: { css: "#share" } }), told, press: "#share" },
  "value-report-slot": { title: "In a slot of the page", guide: report({}, { slot: "start" }) },
  "value-report-nothing": { title: "Nothing yet", guide: report(), told: "nothing.json", press },
  "value-report-away": { title: "No numbers to be had", guide: report(), press },
});
