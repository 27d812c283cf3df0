import { ofKind, text } from "../specimen";

const task = (done: string, title: object, body: object, label: object) => ({
  title,
  body,
  done,
  actions: [{ label, do: "start", with: "show-how" }],
});
const checklist = {
  kind: "checklist",
  title: text("Getting started", "البدء"),
  steps: [
    task(
      "connected",
      text("Connect your numbers", "اربط أرقامك"),
      text("From your books or a spreadsheet.", "من دفاترك أو من جدول."),
      text("Show me", "أرني"),
    ),
    task(
      "first-report",
      text("Create a report", "أنشئ تقريرًا"),
      text("Start from a template. It takes **two minutes**.", "ابدأ من قالب. يستغرق ذلك **دقيقتين**."),
      text("Show me", "أرني"),
    ),
    task(
      "activated",
      text("Share it with a colleague", "شاركه مع زميل"),
      text("They need no account to read it.", "لا يحتاجون حسابًا لقراءته."),
      text("Show me", "أرني"),
    ),
  ],
};
const context = (reached: string[], resting = 0) => ({
  resting,
  state: { milestones: Object.fromEntries(reached.map((id) => [id, { reachedAt: 1, timeToValue: 1 }])) },
});

export const checklists = ofKind("Checklist", {
  checklist: { title: "Some tasks done", guide: checklist, context: context(["connected"]) },
  "checklist-new": { title: "Nothing done", guide: checklist },
  "checklist-done": {
    title: "All done",
    guide: checklist,
    context: context(["connected", "first-report", "activated"]),
  },
  "checklist-slot": { title: "In a slot of the page", guide: { ...checklist, slot: "start" }, context: context(["connected"]) },
  "checklist-ordered": {
    title: "One task after the other, and not to be sent away before",
    guide: { ...checklist, checklist: { ordered: true, dismiss: "when-done" } },
    context: context(["connected"]),
  },
  "checklist-folded": { title: "Folded up", guide: checklist, context: context(["connected"], 1) },
});
