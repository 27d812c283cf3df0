import { ofKind, text } from "../specimen";

const entries = [
  {
    id: "dark",
    date: "2026-03-31",
    title: text("Dark mode", "الوضع الداكن"),
    body: text(
      "Tables follows your system now. To have it **always dark**, open your settings.",
      "يتبع Tables نظامك الآن. ليكون **داكنًا دائمًا** افتح الإعدادات.",
    ),
    actions: [{ label: text("Open settings", "افتح الإعدادات"), do: "link", with: "#settings" }],
  },
  {
    id: "mail",
    date: "2026-03-12",
    title: text("Reports by mail, every Monday", "التقارير بالبريد كل اثنين"),
    body: text(
      "Pick a day, and everybody on the list has it in the morning:\n\n- as a PDF or a spreadsheet\n- with the latest numbers\n- [without an account](https://example.com/)",
      "اختر يومًا وسيصل إلى الجميع صباحًا:\n\n- ملف PDF أو جدول\n- بأحدث الأرقام\n- [دون حساب](https://example.com/)",
    ),
    actions: [{ label: text("Show me", "أرني"), do: "start", with: "mail-tour" }, { label: text("Later", "لاحقًا"), do: "track", with: "mail.postponed" }],
  },
  {
    id: "columns",
    date: "2026-02-20",
    title: text("Columns of your own", "أعمدة خاصة بك"),
    body: text("Give a column a formula, and it is filled in every report.", "أعطِ العمود صيغة وسيُملأ في كل تقرير."),
  },
  {
    id: "fast",
    date: "2026-01-15",
    title: text("Twice as fast", "أسرع مرتين"),
    body: text("Reports with more than ten thousand rows open in a second.", "التقارير التي تزيد على عشرة آلاف صف تُفتح في ثانية."),
    notice: "silent",
  },
];
const title = text("What's new", "الجديد");
const news = (panel: object = {}, more: object = {}) => ({ kind: "announcement", title, ...more, panel: { entries, ...panel } });
const accent = { theme: { accent: "#b4236b" } };
const colours = { on: "#ffffff", light: "#b4236b", dark: "#ff8ec1" };

export const announcements = ofKind("Announcement", {
  "announcement-closed": { title: "Closed, with something new", guide: news() },
  announcement: { title: "Open", guide: news({}), read: ["columns"], press: ".launcher" },
  "announcement-element": { title: "At an element of the page, open", guide: news({ launcher: { css: "#share" }, colours }, accent), press: "#share" },
  "announcement-badge": { title: "At an element of the page, with a badge", guide: news({ launcher: { css: "#share" } }) },
  "announcement-slot": { title: "In a slot of the page", guide: news({}, { slot: "start" }) },
  "announcement-empty": { title: "Nothing new", guide: news(), undue: ["dark", "mail", "columns", "fast"], press: ".launcher" },
});
