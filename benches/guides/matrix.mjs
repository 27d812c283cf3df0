// Every library on every host page: what holds and what does not.

import { cases } from "../../tests/host-pages/cases.mjs";
import { Tour } from "../../tests/host-pages/tour.mjs";
import { CONTESTANTS, serveWith } from "./contestants.mjs";

/** Those of which it is asked; the others differ in how they look. */
const ASKED = ["Firstvalue", "driver.js", "Shepherd.js"];

/** For each case, by library: nothing if it holds, else why not. */
export async function matrix(browser, sdk, say) {
  const rows = cases.map(({ title }) => ({ title }));
  for (const library of ASKED) {
    const pages = await serveWith(CONTESTANTS[library], sdk);
    for (const [place, { page: name, options, run }] of cases.entries()) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(6_000);
      const tour = new Tour(page);
      rows[place][library] = await tour.open(pages.origin, name).then(() => run(tour, page)).then(
        () => null,
        (error) => error.message.split("\n")[0],
      );
      await context.close();
    }
    await pages.close();
    say(`${library}: ${rows.filter((row) => row[library] === null).length} of ${rows.length} host pages`);
  }
  return rows;
}
