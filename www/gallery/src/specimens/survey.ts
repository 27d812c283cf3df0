import { ofKind, text } from "../specimen";

const score = {
  title: text("How likely are you to recommend Tables to a colleague?", "ما مدى احتمال أن توصي زميلًا بـ Tables؟"),
  ask: { id: "likely", form: "nps", low: text("Not at all", "إطلاقًا"), high: text("Very likely", "جدًا") },
};
const why = {
  title: text("What should be better?", "ما الذي ينبغي تحسينه؟"),
  ask: { id: "why", form: "text", optional: true },
  if: [{ question: "likely", is: { lte: 8 } }],
};
const thanks = {
  title: text("Thank you!", "شكرًا لك!"),
  body: text("Everything is read, by people.", "كل شيء يُقرأ، من قِبل أشخاص."),
};
const survey = (...steps: object[]) => ({ kind: "survey", steps });
const options = [
  { value: "books", label: text("I keep the books", "أمسك الدفاتر") },
  { value: "reads", label: text("I read the reports", "أقرأ التقارير") },
  { value: "else", label: text("Something else", "شيء آخر") },
];

export const surveys = ofKind("Survey", {
  "survey-nps": { title: "Recommendation (NPS)", guide: survey(score, why, thanks) },
  "survey-nps-chosen": { title: "A number chosen", guide: survey(score, why, thanks), press: ".option:nth-child(9) input" },
  "survey-csat": {
    title: "Satisfaction (CSAT)",
    guide: survey({
      title: text("How happy are you with your report?", "ما مدى رضاك عن تقريرك؟"),
      ask: { id: "happy", form: "csat", low: text("Unhappy", "غير راضٍ"), high: text("Happy", "راضٍ") },
    }),
  },
  "survey-ces": {
    title: "Effort (CES)",
    guide: survey({
      title: text("How easy was it to connect your numbers?", "ما مدى سهولة ربط أرقامك؟"),
      ask: { id: "easy", form: "ces", low: text("Hard", "صعب"), high: text("Easy", "سهل") },
    }),
  },
  "survey-choice": {
    title: "One of several",
    guide: survey({ title: text("What do you do here?", "ماذا تفعل هنا؟"), ask: { id: "role", form: "choice", options } }),
  },
  "survey-choices": {
    title: "Any of several",
    guide: survey({
      title: text("What do you do here?", "ماذا تفعل هنا؟"),
      body: text("Choose all that is true.", "اختر كل ما ينطبق."),
      ask: { id: "roles", form: "choices", options },
    }),
    press: ".option:nth-child(2) input",
  },
  "survey-text": { title: "In their own words", guide: survey(score, { ...why, if: [] }, thanks), step: 1 },
  "survey-thanks": { title: "Thanks", guide: survey(score, thanks), step: 1 },
});
