import { ofKind, text } from "../specimen";

const steps = [
  {
    target: { css: "[data-fv=new]" },
    title: text("Create a report", "أنشئ تقريرًا"),
    body: text("Start from a template. **You can change it later.**", "ابدأ من قالب. **يمكنك تغييره لاحقًا.**"),
  },
  {
    target: { css: "#r3" },
    title: text("All your reports", "كل تقاريرك"),
    body: text("Open one to see its numbers:\n\n- filter by *date*\n- press `Ctrl K`", "افتح تقريرًا لترى أرقامه:\n\n- رشّح حسب *التاريخ*\n- اضغط `Ctrl K`"),
  },
  {
    target: { css: "#share" },
    title: text("Share it", "شاركه"),
    body: text("Colleagues see it at once. [How sharing works](https://example.com/)", "يراه الزملاء فورًا. [كيف تعمل المشاركة](https://example.com/)"),
  },
];
const tour = { kind: "tour", steps };
const welcome = {
  title: text("Let us show you around", "دعنا نأخذك في جولة"),
  body: text("Three things, and you know your way.", "ثلاثة أشياء وتعرف طريقك."),
};

export const tours = ofKind("Tour", {
  "tour-first": { title: "First step", guide: tour },
  "tour-middle": { title: "A step in between", guide: tour, step: 1 },
  "tour-last": { title: "Last step", guide: tour, step: 2 },
  "tour-click": {
    title: "Goes on with a click on the target",
    guide: { kind: "tour", steps: [{ ...steps[2], advance: { on: "click" } }, steps[0]!] },
  },
  "tour-required": { title: "The target must be used", guide: { kind: "tour", steps: [steps[0]!, { ...steps[2], interaction: "require" }, steps[1]!] }, step: 1 },
  "tour-blocked": { title: "The target cannot be used", guide: { kind: "tour", steps: [steps[0]!, { ...steps[2], interaction: "block" }, steps[1]!] }, step: 1 },
  "tour-no-target": { title: "A step without a target", guide: { kind: "tour", steps: [welcome, ...steps] } },
  "tour-compact": { title: "Compact, with sharp corners, in the page's font", guide: { ...tour, theme: { density: "compact", radius: 3, font: "inherit" } }, step: 1 },
  "tour-accent": { title: "Accent colour", guide: { ...tour, theme: { accent: "#b4236b" } }, step: 1 },
  "tour-pale-accent": { title: "A pale accent colour", guide: { ...tour, theme: { accent: "#ffd200" } }, step: 1 },
});
