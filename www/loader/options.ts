// What the host has said at `init`.

import { attempt } from "./attempt";
import type { Options } from "./firstvalue";
import { problem } from "./handlers";

const LOAD_TIMEOUT = 10_000;

/** All of it, once it has; and what it comes to. */
export let options: Options | undefined;
/** Folder of our files. */
export let assets: string;
/** Milliseconds that a package may take to come. */
export let patience: number;
/** Where the collector is. */
export let endpoint: string;
/** Where the playbook is, or the playbook. */
export let source: string | object;

/** The folder from which this script came. */
let base: string;

/** Says which. */
export const cameFrom = (folder: string): void => {
  base = assets = folder;
};

/** Goes by what it says from now on. */
export const obey = (given: Options): void => {
  options = given;
  // Against the page, as other addresses are: by itself an import takes it for that of a package, or begins at this script.
  assets = (attempt(() => new URL(given.assets ?? base, document.baseURI).href) ?? base).replace(/\/?$/, "/");
  patience = Number(given.loadTimeout) || LOAD_TIMEOUT;
  endpoint = String(given.endpoint ?? new URL(base).origin).replace(/\/$/, "");
  if (!/^(https?:|\/|$)/.test(endpoint)) problem("argument", `\`endpoint\` does not begin with https://: ${endpoint}`);
  source = given.playbook ?? `${endpoint}/v1/playbook?key=${encodeURIComponent(given.writeKey)}`;
};

/** Whether each new path counts as a page. */
export const hasPages = (): boolean => options?.autoPage !== false;

/** The language of guides. */
export const locale = (): string => options!.locale ?? (document.documentElement.lang || navigator.language);
