// The pictures of guides in the README, taken from the gallery: `cargo xtask pictures`. With a folder and
// `--all` it takes one of every guide, wide and narrow, light and dark, for people to look through.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { show, specimens, startGallery } from "../../tests/browser/gallery/host.mjs";
import { frames } from "../../tests/browser/ui/host.mjs";

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 375, height: 720 };

/** Which guides, and how. */
const CHOSEN = [
  { id: "tour-middle", size: { width: 960, height: 600 }, scheme: "light" },
  { id: "checklist", size: { width: 960, height: 600 }, scheme: "dark" },
  { id: "survey-nps", size: NARROW, scheme: "light" },
  { id: "modal", size: NARROW, scheme: "dark" },
];

const [folder, all] = process.argv.slice(2);
const gallery = await startGallery();
const wanted = all
  ? (await specimens(gallery)).flatMap((id) => [WIDE, NARROW].flatMap((size) => ["light", "dark"].map((scheme) => ({ id, size, scheme }))))
  : CHOSEN;
await mkdir(folder, { recursive: true });
const ends = [];
for (const { id, size, scheme } of wanted) {
  const page = await gallery.open({ after: (end) => ends.push(end) }, { viewport: size, deviceScaleFactor: all ? 1 : 1.5, colorScheme: scheme });
  await show(page, id, { scheme });
  await frames(page, 4);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 80 });
  await writeFile(join(folder, `${id}-${size === NARROW ? "narrow" : "wide"}-${scheme}.webp`), Buffer.from(data, "base64"));
  for (const end of ends.splice(0)) await end();
}
await gallery.close();
