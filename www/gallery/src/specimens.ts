// Everything that the gallery shows, by kind.

import { banners } from "./specimens/banner";
import { modals } from "./specimens/modal";
import { tooltips } from "./specimens/tooltip";
import { tours } from "./specimens/tour";

export const specimens = [...tours, ...tooltips, ...modals, ...banners];
