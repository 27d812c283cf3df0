// What authors of guides use on the page itself. It is loaded when the address of the page asks for it:
// `?firstvalue=preview&guide=ID` shows a guide, `?firstvalue=inspect` finds targets. Meanwhile nothing is
// recorded, nothing is sent, and nothing is written to the device.

import type { Stage } from "../loader/guides";
import { inspect } from "./inspect";
import { preview } from "./preview";

/** What the loader knows when it hands the page over. */
export interface Setting {
  /** Folder of our files. */
  assets: string;
  /** Milliseconds until a package is given up. */
  patience: number;
  /** The compiled playbook, or its address. */
  playbook: string | object;
  /** Language of the guides. */
  locale?: string | undefined;
}

/** Does what the address asks for. The guides that it shows, if it shows any. */
export function author(setting: Setting): Stage | undefined {
  const asked = new URLSearchParams(location.search);
  if (asked.get("firstvalue") === "preview") return preview(setting, asked.get("guide") ?? "", Number(asked.get("step") ?? 1) - 1);
  inspect();
  return undefined;
}
