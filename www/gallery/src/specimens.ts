// Everything that the gallery shows, by kind.

import { announcements } from "./specimens/announcement";
import { banners } from "./specimens/banner";
import { checklists } from "./specimens/checklist";
import { hotspots } from "./specimens/hotspot";
import { modals } from "./specimens/modal";
import { centres } from "./specimens/resource-center";
import { slideouts } from "./specimens/slideout";
import { surveys } from "./specimens/survey";
import { tooltips } from "./specimens/tooltip";
import { tours } from "./specimens/tour";
import { reports } from "./specimens/value-report";

export const specimens = [
  ...tours,
  ...tooltips,
  ...hotspots,
  ...modals,
  ...slideouts,
  ...banners,
  ...surveys,
  ...checklists,
  ...announcements,
  ...centres,
  ...reports,
];
