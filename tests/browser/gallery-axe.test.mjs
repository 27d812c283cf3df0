// What axe finds in the gallery: nothing, in any variant.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { long } from "./harness.mjs";
import { show, specimens, startGallery, violations } from "./gallery/host.mjs";

const WIDTHS = { wide: { width: 1280, height: 800 }, narrow: { width: 375, height: 720 } };

const gallery = await startGallery();
after(() => gallery.close());
const ids = await specimens(gallery);

/** Half of all: each two of a width, a scheme and a direction meet. The others are looked at in a long run. */
const isUsual = (...choices) => choices.filter(Boolean).length % 2 === 0;

for (const [width, viewport] of Object.entries(WIDTHS))
  for (const scheme of ["light", "dark"])
    for (const dir of ["ltr", "rtl"])
      test(`A1: axe finds nothing in any guide (${width}, ${scheme}, ${dir})`, { skip: !long && !isUsual(width === "narrow", scheme === "dark", dir === "rtl") }, async (t) => {
        const page = await gallery.open(t, { viewport });
        for (const id of ids) {
          await show(page, id, { scheme, dir });
          const { found, looked } = await violations(page);
          assert.deepEqual(found, [], id);
          assert.ok(looked, `axe looked into ${id}`);
        }
      });
