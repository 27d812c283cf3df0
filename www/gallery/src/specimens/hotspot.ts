import { ofKind, text } from "../specimen";

const hotspot = {
  kind: "hotspot",
  steps: [
    {
      target: { css: "#summary div:nth-child(3)" },
      title: text("New: hours saved", "جديد: الساعات الموفرة"),
      body: text("What your team did **not** have to type this month.", "ما **لم** يضطر فريقك إلى كتابته هذا الشهر."),
    },
  ],
};

export const hotspots = ofKind("Hotspot", {
  "hotspot-closed": { title: "Closed", guide: hotspot },
  "hotspot-open": { title: "Open", guide: hotspot, press: ".beacon" },
});
