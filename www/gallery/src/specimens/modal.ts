import { ofKind, text } from "../specimen";

const welcome = {
  title: text("Welcome to Tables", "مرحبًا بك في Tables"),
  body: text(
    "Two minutes to your first report.\n\n- Connect your numbers\n- Share them with your team",
    "دقيقتان إلى تقريرك الأول.\n\n- اربط أرقامك\n- شاركها مع فريقك",
  ),
};
const actions = [
  { label: text("Later", "لاحقًا"), do: "dismiss" },
  { label: text("Show me around", "خذني في جولة"), do: "complete" },
];
const paragraph = text(
  "What changes: reports are kept for as long as you like, everybody whom you invite sees them at once, and numbers come from your books every night.",
  "ما الذي يتغير: تُحفظ التقارير ما شئت، ويراها كل من تدعوه فورًا، وتأتي الأرقام من دفاترك كل ليلة.",
);
const long = Object.fromEntries(Object.entries(paragraph).map(([tag, words]) => [tag, Array(12).fill(words).join("\n\n")]));

export const modals = ofKind("Modal", {
  modal: { title: "Usual", guide: { kind: "modal", steps: [{ ...welcome, actions }] } },
  "modal-steps": { title: "Several steps", guide: { kind: "modal", steps: [welcome, welcome, welcome] }, step: 1 },
  "modal-long": { title: "Long text", guide: { kind: "modal", steps: [{ title: welcome.title, body: long }] } },
});
