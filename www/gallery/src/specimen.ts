// What a page of the gallery shows.

/** A guide as the collector compiles it. */
export interface Guide {
  kind: string;
  theme?: { accent?: string; scheme?: string; radius?: number; density?: string; font?: string };
  slot?: string;
  title?: object;
  /** What only a checklist has. */
  checklist?: object;
  steps?: object[];
  /** What a guide that stands on the page has instead of steps. */
  panel?: object;
}

/** One guide in one state. */
export interface Specimen {
  id: string;
  kind: string;
  /** What sets this state apart. */
  title: string;
  guide: Guide;
  /** The step that is shown. */
  step?: number;
  /** What the renderer is told besides the language. */
  context?: object;
  /** A selector within the guide of what is clicked to get there. */
  press?: string;
  /** Parts of a panel that are not there, or that were read already. */
  undue?: string[];
  read?: string[];
  /** The file beside this page with what the collector says of an account; nobody may ask if there is none. */
  told?: string;
}

/** A text in English and in Arabic, which runs from right to left. */
export const text = (en: string, ar: string) => ({ en, ar });

/** The specimens of one kind. */
export const ofKind = (kind: string, specimens: Record<string, Omit<Specimen, "id" | "kind">>): Specimen[] =>
  Object.entries(specimens).map(([id, specimen]) => ({ id, kind, ...specimen }));
