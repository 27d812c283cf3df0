import { ofKind, text } from "../specimen";

const sections = [
  {
    id: "first",
    title: text("First steps", "الخطوات الأولى"),
    items: [
      { title: text("Take the tour", "خذ الجولة"), do: "start", with: "first-tour" },
      {
        title: text("Make a report", "أنشئ تقريرًا"),
        keywords: text("create template", "قالب"),
        body: text(
          "Every report begins with a template.\n\n- Choose **New report**\n- Pick what it is for\n- Press `Save`\n\nThe numbers come from your books and stay up to date. [What templates there are](https://example.com/)",
          "كل تقرير يبدأ بقالب.\n\n- اختر **تقرير جديد**\n- اختر الغرض\n- اضغط `حفظ`\n\nتأتي الأرقام من دفاترك. [القوالب المتاحة](https://example.com/)",
        ),
        actions: [{ label: text("Show me", "أرني"), do: "start", with: "first-tour" }],
      },
      { title: text("Share it with a colleague", "شاركه مع زميل"), body: text("They need no account to read it.", "لا يحتاجون حسابًا لقراءته.") },
    ],
  },
  {
    title: text("Numbers", "الأرقام"),
    items: [
      { title: text("Where do the numbers come from?", "من أين تأتي الأرقام؟"), body: text("From your books, every night.", "من دفاترك كل ليلة.") },
      { title: text("Café receipts and other résumés", "الإيصالات والملخصات"), body: text("They are read as they are.", "تُقرأ كما هي.") },
    ],
  },
  {
    id: "people",
    title: text("People", "أشخاص"),
    items: [
      { title: text("All articles", "كل المقالات"), do: "link", with: "https://example.com/help" },
      { title: text("Talk to us", "تحدث إلينا"), do: "call", with: "open-chat" },
    ],
  },
];
const help = (panel: object = {}) => ({ kind: "resource-center", title: text("Help", "المساعدة"), panel: { sections, ...panel } });

export const centres = ofKind("Resource centre", {
  "resource-center-closed": { title: "Closed, on the left", guide: help({ placement: "left" }) },
  "resource-center": { title: "Open", guide: help(), press: ".launcher" },
  "resource-center-element": { title: "At an element of the page, a section less", guide: help({ launcher: { css: "#export" } }), undue: ["people"], press: "#export" },
});
