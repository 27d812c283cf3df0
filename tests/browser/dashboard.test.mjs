// The dashboard against a collector that gives fixed answers.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import {
  EVENTS, LISTS, LONG_PAGES, NOBODY, NONE_ACTIVATED, WITH_TEAM, event, lengthened, overview, withActivated,
} from "./dashboard.answers.mjs";
import { dist, launch, root, sendFile, serve } from "./harness.mjs";

const TOKEN = "right token";
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

let browser, collector, axe;
/** What the collector answers; `status` other than 200 is an error, 0 cuts the connection. */
let answers;

before(async () => {
  axe = await readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
  browser = await launch();
  collector = await serve((request, response, url) => {
    if (!url.pathname.startsWith("/api/")) {
      const file = url.pathname === "/" ? "/index.html" : url.pathname;
      if (file === answers.missing) return response.writeHead(404).end();
      return sendFile(join(dist, "dashboard"), file, response, { "content-security-policy": POLICY });
    }
    answers.asked += 1;
    if (answers.status === 0) return request.socket.destroy();
    const known = request.headers.authorization === `Bearer ${TOKEN}`;
    const status = known ? answers.status : 401;
    if (url.pathname === "/api/events/live" && status === 200) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(":\n\n");
      answers.streams.push({ after: request.headers["last-event-id"], response });
      return;
    }
    const deed = answers.deeds[`${request.method} ${url.pathname}`];
    if (deed && status === 200) {
      answers.done.push(`${request.method} ${url.pathname}`);
      response.writeHead(deed.status, { "content-type": "application/json" });
      return response.end(deed.body);
    }
    const bodies = { "/api/overview": answers.overview, "/api/events": { events: answers.events } };
    const body = bodies[url.pathname] ?? answers.lists[`${url.pathname}${url.search}`];
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(status === 200 ? body : { error: "no" }));
  });
});

beforeEach(() => {
  answers = { status: 200, overview: overview(), events: EVENTS, asked: 0, missing: null, streams: [] };
  Object.assign(answers, { lists: { ...LISTS }, deeds: {}, done: [] });
});

after(async () => {
  await browser?.close();
  await collector?.close();
});

let contexts = [];

afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

/** A new tab at the dashboard; `page.violations()` gives what the policy has stopped. */
async function open({ hash = `#token=${encodeURIComponent(TOKEN)}`, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  contexts.push(context);
  const page = await context.newPage();
  const violations = [];
  await page.exposeFunction("reportViolation", (text) => violations.push(text));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  page.on("pageerror", (error) => violations.push(String(error)));
  page.violations = () => violations;
  await page.goto(`${collector.origin}/${hash}`);
  return page;
}

const headline = (page) => page.locator(".headline");
const row = (page, name) => page.getByRole("row", { name });

/** Cells of a table's row as text, once it is there. */
const cells = async (page, name) => {
  await row(page, name).waitFor();
  return row(page, name).getByRole("cell").allInnerTexts();
};

/** What axe objects to. */
async function objections(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

describe("signing in", () => {
  test("a token in the address is used, taken out of it, and kept for this tab", async () => {
    const page = await open();
    await headline(page).waitFor();
    assert.equal(page.url(), `${collector.origin}/`);
    await page.reload();
    await headline(page).waitFor();

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Admin token").waitFor();
    await page.reload();
    await page.getByLabel("Admin token").waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  });

  test("without a token there is a form that says what is wrong and keeps the focus", async () => {
    const page = await open({ hash: "" });
    const field = page.getByLabel("Admin token");
    await page.getByText("keeps only a hash of it").waitFor();
    await field.fill("wrong token");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("This token is not accepted.").waitFor();
    assert.equal(await field.evaluate((element) => element === document.activeElement), true);
    assert.equal(await field.getAttribute("aria-invalid"), "true");

    answers.status = 0;
    await field.fill(TOKEN);
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("the collector does not answer").waitFor();

    answers.status = 200;
    await page.getByRole("button", { name: "Sign in" }).click();
    await headline(page).waitFor();
  });

  test("a wrong token in the address says so, and a right one in the same tab is taken", async () => {
    const page = await open({ hash: "#token=wrong" });
    await page.getByRole("alert").getByText("This token is not accepted.").waitFor();
    await page.evaluate((token) => (location.hash = `token=${encodeURIComponent(token)}`), TOKEN);
    await headline(page).waitFor();
    assert.equal(page.url(), `${collector.origin}/`);
  });
});

describe("what is shown", () => {
  test("landmarks, headings and tables carry the figures", async () => {
    const page = await open();
    await headline(page).waitFor();
    assert.equal(await page.title(), "Overview – Ledgerly – Firstvalue");
    await page.getByRole("banner").getByRole("heading", { level: 1, name: "Ledgerly" }).waitFor();
    const headings = await page.getByRole("main").getByRole("heading", { level: 2 }).allInnerTexts();
    assert.deepEqual(headings, ["Activation", "Milestones", "Guides", "Newest events"]);
    assert.equal(await headline(page).innerText(), "54%");
    await page.getByRole("region", { name: "Activation" }).getByText("412 of 757 users").waitFor();

    const text = (values) => values.map((value) => value.replace(/\s+/g, " ").trim());
    assert.deepEqual(text(await cells(page, "First report 85%")), [
      "85% 642", "3.4 h", "22 min – 2.2 d", "–", "", "none",
    ]);
    const activated = text(await cells(page, "Report shared with a colleague"));
    assert.deepEqual(activated, ["54% 412", "2.3 d", "from 9 h", "–", "", "Met target 3 d"]);
    assert.equal(text(await cells(page, "Reports on three days"))[5], "Missed target 2 w");
    assert.deepEqual(text(await cells(page, "Your first report Tour · first-report-tour")), [
      "402", "371", "214", "98", "7", "58%", "4 steps of Your first report",
    ]);
    assert.equal(text(await cells(page, "Bring your team"))[5], "not shown yet");
    const items = page.getByRole("region", { name: "Newest events" }).getByRole("listitem");
    assert.equal(await items.count(), 50);
  });

  test("the plot is of the chosen milestone and has its figures as a table", async () => {
    const page = await open();
    const plot = page.getByRole("figure", { name: "Time to value of" });
    const image = plot.getByRole("img");
    await plot.waitFor();
    assert.equal(
      await image.getAttribute("aria-label"),
      "Half of the users get there within 2.3 d; 51% within the target of 3 d.",
    );
    await page.getByRole("button", { name: "First report", exact: true }).click();
    assert.match(await plot.getAttribute("aria-label"), /First report$/);
    assert.match(await image.getAttribute("aria-label"), /within 3\.4 h\.$/);

    await plot.getByText("Show as a table").click();
    const rows = await plot.getByRole("row").allInnerTexts();
    assert.ok(rows.some((text) => /^1 day\s+6\d%$/.test(text)), rows.join("\n"));
  });

  test("where no milestone is called `activated` the first with a target stands at the top, and that is said", async () => {
    answers.overview = NONE_ACTIVATED;
    const page = await open();
    const activation = page.getByRole("region", { name: "Activation" });
    await activation.getByText("205 of 757 users reached Reports on three days in two weeks").waitFor();
    await activation.getByText("A milestone with the id activated would stand here.").waitFor();
  });

  test("a milestone of accounts has a row, a plot and a page with the accounts that reached it", async () => {
    answers.overview = WITH_TEAM;
    const page = await open();
    const team = row(page, "Two of a team make reports Accounts");
    assert.match((await team.getByRole("cell").first().innerText()).trim(), /^23%\s+7$/);
    await team.getByRole("button").click();
    const plot = page.getByRole("figure", { name: "Two of a team make reports" });
    const said = await plot.getByRole("img").getAttribute("aria-label");
    assert.equal(said, "Fewer than half of the accounts get there: 7 of 31 so far.");
    await team.getByRole("link", { name: "7" }).click();
    const reached = await cells(page, "acme & co");
    assert.deepEqual(reached.map((cell) => cell.trim()), ["1 d ago", "2 h"]);
    await page.getByRole("link", { name: "acme & co" }).click();
    await row(page, "ann@acme.com").waitFor();
    assert.deepEqual(page.violations(), []);
  });

  test("pointer and keyboard read values from the plot", async () => {
    const page = await open();
    const plot = page.getByRole("figure");
    const reader = plot.getByRole("slider");
    await reader.focus();
    const before = await reader.getAttribute("aria-valuetext");
    await page.keyboard.press("ArrowRight");
    const next = await reader.getAttribute("aria-valuetext");
    assert.match(next, /^\d+% within [\d.]+ (hour|day)s?$/);
    assert.notEqual(next, before);
    await page.keyboard.press("End");
    assert.match(await reader.getAttribute("aria-valuetext"), /^61% within 40 days$/);
    await plot.getByText("61% had got there 40 d after sign-up.").waitFor();

    await reader.blur();
    const box = await plot.getByRole("img").boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await plot.getByText(/^2\d% had got there/).waitFor();
    await page.mouse.move(0, 0);
    await plot.getByText("Half of the users get there").waitFor();
  });

  test("a guide opens to show where users left it", async () => {
    const page = await open();
    const button = page.getByRole("button", { name: "4 steps of Your first report" });
    assert.equal(await button.getAttribute("aria-expanded"), "false");
    await button.click();
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    const steps = await page.locator(".step-list li").allInnerTexts();
    assert.deepEqual(
      steps.map((step) => step.replace(/\s+/g, " ")),
      [
        "Reports live here 371 100%",
        "Start a new one 322 87% 49 left",
        "Choose a template 251 68% 71 left ended here: 61 dismissed, 7 target not found",
        "Share it 219 59% 32 left",
      ],
    );
  });

  test("before the first user it says how to embed, and fills by itself", async () => {
    answers.overview = NOBODY;
    const page = await open();
    await page.getByRole("heading", { name: "No users yet" }).waitFor();
    const lines = await page.getByRole("region", { name: "Lines to embed" }).innerText();
    assert.match(lines, new RegExp(`from "${collector.origin}/sdk/firstvalue.js"`));
    assert.deepEqual(await objections(page), []);
    answers.overview = overview();
    await headline(page).waitFor();
  });
});

describe("other pages", () => {
  const tab = (page, name) => page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name });
  const text = (values) => values.map((value) => value.replace(/\s+/g, " ").trim());

  test("accounts, versions, refused events and deeds are lists that go on", async () => {
    answers.overview = WITH_TEAM;
    const page = await open();
    await headline(page).waitFor();
    assert.equal(await tab(page, "Overview").getAttribute("aria-current"), "page");

    await tab(page, "Accounts").click();
    await page.getByRole("heading", { level: 2, name: "Accounts" }).waitFor();
    assert.deepEqual(text(await cells(page, "acme & co")), [
      "1,204", "3 d ago", "Two of a team make reports in 2 h", "71.3",
    ]);
    assert.equal((await cells(page, "borealis")).at(-1).trim(), "–");
    await page.getByRole("button", { name: "Show more" }).click();
    await row(page, "zeta").waitFor();
    assert.equal(await page.getByRole("button", { name: "Show more" }).count(), 0);
    await page.getByRole("link", { name: "acme & co" }).click();
    await page.getByRole("heading", { level: 2, name: "acme & co" }).waitFor();
    assert.deepEqual(text(await cells(page, "ann@acme.com")), [
      "3 d ago", "1 h ago", "Comes back every week", "First report, Report shared with a colleague",
    ]);
    assert.deepEqual(text(await cells(page, "plan")), ["pro"]);
    assert.deepEqual(text(await cells(page, "All")), ["–", "71.3 of 100"]);
    assert.deepEqual(text(await cells(page, "Three people active")), ["yes", "60 of 60"]);
    assert.deepEqual(text(await cells(page, "Two of a team make reports")), ["1 d ago", "2 h"]);
    const saved = text(await cells(page, "Hours saved"));
    assert.deepEqual(saved, ["34.5 hours", "1,235 hours", "61,725 EUR"]);
    assert.equal(await tab(page, "Accounts").getAttribute("aria-current"), "page");

    answers.overview = { ...overview(), recomputing: { read: 430, events: 1_000 } };
    await tab(page, "Playbook").click();
    assert.deepEqual(text(await cells(page, "2 in force")), ["1 h ago", "a shorter tour", "8f14e45f", "–"]);
    assert.deepEqual(text(await cells(page, "1 3 d ago")), ["3 d ago", "–", "the settings", "Restore"]);
    await page.getByRole("region", { name: "New playbook" }).getByText("43% is done").waitFor();

    await tab(page, "Delivery").click();
    assert.deepEqual(text(await cells(page, "All")), ["–", "61,204", "12", "31", "0.1%"]);
    assert.deepEqual(text(await cells(page, "Safari")), ["beacon", "9,087", "4", "22", "1.3%"]);

    await tab(page, "Refused").click();
    const refused = text(await cells(page, "`event` must be text"));
    assert.deepEqual(refused, ["1 h ago", "nobody", '{"event":{"<img src=x>":1}}']);

    await page.goBack();
    await page.getByRole("heading", { level: 2, name: "Delivery" }).waitFor();
    await tab(page, "Audit").click();
    await page.getByText("Nothing was exported, erased, imported or published yet.").waitFor();
    assert.deepEqual(page.violations(), []);
  });

  test("every page has its title, and an address at which there is nothing says so", async () => {
    const page = await open();
    await headline(page).waitFor();
    for (const [hash, title] of [
      ["#/users", "Users"],
      ["#/users/ann%40acme.com", "ann@acme.com"],
      ["#/milestones/first-report", "First report"],
      ["#/delivery", "Delivery"],
      ["#/delivery?days=7", "No such page"],
    ]) {
      await page.evaluate((hash) => (location.hash = hash), hash);
      await page.waitForFunction((title) => document.title === `${title} – Ledgerly – Firstvalue`, title);
    }
    assert.deepEqual(await objections(page), []);
    await page.getByText("There is nothing at this address.").getByRole("link").click();
    await headline(page).waitFor();
  });

  test("a page says that the collector does not answer, and not how old is what it does not show", async () => {
    const page = await open();
    await headline(page).waitFor();
    answers.status = 0;
    const notice = page.getByRole("region", { name: "Connection" });
    await notice.getByText(/What you see is from/).waitFor();
    const nothing = page.getByText("There is nothing to show: the collector does not answer.");
    for (const name of ["Events", "Users"]) {
      await tab(page, name).click();
      await nothing.waitFor();
      assert.equal(await notice.getByText(/What you see is from/).count(), 0);
    }
  });

  test("where not all tabs fit the current one is in sight", async () => {
    const page = await open({ viewport: { width: 375, height: 900 } });
    for (const name of ["Audit", "Overview", "Delivery"]) {
      await tab(page, name).click();
      await page.waitForFunction((name) => {
        const current = document.querySelector(".tabs [aria-current]");
        const { left, right } = current.getBoundingClientRect();
        return current.textContent === name && left >= 0 && right <= innerWidth;
      }, name);
    }
  });

  test("an earlier version is put into force again with the keyboard, and errors are said", async () => {
    const page = await open();
    await tab(page, "Playbook").click();
    const restore = page.getByRole("button", { name: "Restore version 1" });
    const question = page.getByRole("dialog", { name: "Put version 1 into force again?" });
    await restore.focus();
    await page.keyboard.press("Enter");
    await question.waitFor();
    assert.deepEqual(await objections(page), []);
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "detached" });
    assert.equal(await restore.evaluate((button) => button === document.activeElement), true);

    // Asked again before the browser has told that it is closed, it is asked again.
    await page.keyboard.press("Enter");
    const cancel = question.getByRole("button", { name: "Cancel" });
    await cancel.evaluate(async (button) => {
      button.click();
      for (let turn = 0; turn < 50; turn++) await null;
      document.querySelector('[aria-label="Restore version 1"]').click();
    });
    await question.waitFor();
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "detached" });

    const path = "POST /api/playbooks/1/restore";
    answers.deeds[path] = { status: 422, body: '{"ok":false,"problems":[{"message":"`when` is missing"}]}' };
    await page.keyboard.press("Enter");
    await cancel.waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const said = page.getByRole("status");
    await said.getByText("Restore version 1 did not work: `when` is missing.").waitFor();
    await question.waitFor({ state: "detached" });

    const { versions, ...rest } = LISTS["/api/playbooks?limit=50"];
    const third = { version: 3, at: overview().now, actor: "8f14e45f", note: "version 1 again" };
    answers.lists["/api/playbooks?limit=50"] = { ...rest, in_force: 3, versions: [third, ...versions] };
    answers.deeds[path] = { status: 201, body: '{"version":3,"problems":[]}' };
    await restore.click();
    await question.getByRole("button", { name: "Restore version 1" }).click();
    const told = said.getByText("Version 3 is in force; it is version 1 again.");
    await told.waitFor();
    await row(page, "3 in force").waitFor();
    await page.getByRole("button", { name: "Restore version 2" }).waitFor();
    assert.equal(await told.evaluate((text) => text === document.activeElement), true);
    assert.deepEqual(answers.done, [path, path], "a question that is not answered does nothing");
    assert.deepEqual(page.violations(), []);
  });

  test("a user has a page, from which everything of them is handed out and taken out", async () => {
    const page = await open();
    await page.getByRole("link", { name: "642" }).click();
    await page.getByRole("region", { name: "First report" }).getByText("642 of 757 users reached it").waitFor();
    assert.deepEqual(text(await cells(page, "ann@acme.com")), ["2 d ago", "1 d"]);
    await tab(page, "Users").click();
    // On the page before there is a row of that name, too.
    await row(page, "ann@acme.com").getByText("acme & co").waitFor();
    assert.deepEqual(text(await cells(page, "ann@acme.com")), [
      "acme & co", "3 d ago", "1 h ago", "Comes back every week", "First report",
    ]);
    await page.getByRole("link", { name: "ann@acme.com" }).click();
    const part = (name) => page.getByRole("region", { name, exact: true });
    const rows = async (name, last) => {
      await part(name).getByText(last).waitFor();
      return text(await part(name).getByRole("row").allInnerTexts());
    };
    assert.equal((await rows("ann@acme.com", "What is kept"))[1], "Account acme & co");
    assert.deepEqual(await rows("Health", "Satisfaction"), [
      "Part Is Points",
      "All – 62 of 100",
      "Shares reports yes 40 of 40",
      "Days of use in four weeks 7 22 of 40",
      "Time since the last visit 30 d 0 of 20",
      "Satisfaction – left out",
    ]);
    assert.deepEqual(await rows("Traits", "seats"), ["Trait Is", "role admin", "seats 12"]);
    assert.deepEqual((await rows("Milestones", "First report"))[1], "First report 2 d ago 1 d");
    assert.deepEqual((await rows("Guides", "Send it every Monday")).slice(1), [
      "Welcome to Ledgerly 1 completed",
      "Send it every Monday 2 snoozed, due",
    ]);
    assert.equal((await rows("Timeline", "identify"))[1], "report.created 1 h ago rows 120, template board");
    await part("Timeline").getByRole("button", { name: "Show more" }).click();
    await part("Timeline").getByText("page.viewed").waitFor();
    assert.equal(await tab(page, "Users").getAttribute("aria-current"), "page");
    assert.deepEqual(await objections(page), []);

    answers.deeds["GET /api/users/ann%40acme.com/export"] = { status: 200, body: '{"messageId":"1"}\n' };
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export ann@acme.com" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "events.ndjson");
    assert.equal(await readFile(await download.path(), "utf8"), '{"messageId":"1"}\n');

    answers.deeds["DELETE /api/users/ann%40acme.com"] = { status: 200, body: '{"events":3,"refused":0}' };
    const gone = { status: 404, body: '{"error":{"message":"nothing is known of a user `ann@acme.com`"}}' };
    await page.getByRole("button", { name: "Erase ann@acme.com" }).click();
    const question = page.getByRole("dialog", { name: "Take out everything that is kept of ann@acme.com?" });
    answers.deeds["GET /api/users/ann%40acme.com"] = gone;
    answers.deeds["GET /api/users/ann%40acme.com/events"] = gone;
    await question.getByRole("button", { name: "Erase ann@acme.com" }).click();
    await page.getByText("Everything of ann@acme.com was taken out: 3 events.").waitFor();
    await part("Timeline").getByText("There is nothing to show: nothing is known of a user").waitFor();
    assert.equal(await page.getByText("report.created").count(), 0);
    assert.equal(await part("Traits").count(), 0);
    assert.deepEqual(page.violations(), []);
  });

  test("events come in by themselves, and go on after the last one when the connection is lost", async () => {
    const page = await open();
    await tab(page, "Events").click();
    const items = page.getByRole("region", { name: "Events as they come in" }).getByRole("listitem");
    await items.nth(49).waitFor();
    const send = (id, name) => {
      const data = JSON.stringify(event(0, ["track", name, { rows: 2 }], "u-new"));
      answers.streams.at(-1).response.write(`id: ${id}\ndata: ${data}\n\n`);
    };
    send(91, "team.created");
    await items.first().getByText("team.created").waitFor();
    assert.equal(await items.count(), 51);
    answers.streams.at(-1).response.destroy();
    while (answers.streams.length < 2) await page.waitForTimeout(50);
    assert.equal(answers.streams[1].after, "91");
    send(92, "team.renamed");
    await items.first().getByText("team.renamed").waitFor();
    assert.equal(await items.count(), 52);
    assert.deepEqual(await objections(page), []);
  });
});

describe("live", () => {
  test("new figures and events come in by themselves", async () => {
    const page = await open();
    await headline(page).waitFor();
    answers.overview = withActivated(530);
    answers.events = [event(0, ["track", "team.created", {}], "u-new"), ...EVENTS.slice(0, 49)];
    await headline(page).getByText("70%").waitFor();
    const newest = page.getByRole("region", { name: "Newest events" }).getByRole("listitem").first();
    assert.match(await newest.innerText(), /team\.created[^]*just now|team\.created[^]*s ago/);
  });

  test("pausing stops the questions, resuming asks at once", async () => {
    const page = await open();
    await headline(page).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("status").getByText("Paused").waitFor();
    const asked = answers.asked;
    await page.waitForTimeout(2_600);
    assert.equal(answers.asked, asked);
    answers.overview = withActivated(530);
    await page.getByRole("button", { name: "Resume" }).click();
    await headline(page).getByText("70%").waitFor({ timeout: 1_500 });
  });

  test("that a new playbook is being taken up is said, and how far that has come", async () => {
    answers.overview = { ...overview(), recomputing: { read: 430, events: 1_000 } };
    const page = await open();
    const notice = page.getByRole("region", { name: "New playbook" });
    await notice.getByText("the figures are those of the one before; 43% is done").waitFor();
    answers.overview = overview();
    await notice.waitFor({ state: "detached" });
  });

  test("errors are said without losing what is shown, and are over when it answers", async () => {
    const page = await open();
    await headline(page).waitFor();
    answers.status = 0;
    await page.getByRole("status").getByText("Not updating").waitFor();
    const notice = page.getByRole("region", { name: "Connection" });
    await notice.getByText("The collector does not answer.").waitFor();
    await notice.getByText(/What you see is from \d+ s ago\./).waitFor();
    assert.equal(await headline(page).innerText(), "54%");
    assert.deepEqual(await objections(page), []);

    answers.status = 503;
    await notice.getByRole("button", { name: "Try now" }).click();
    await notice.getByText("The collector answered with status 503.").waitFor();

    answers.status = 200;
    answers.overview = withActivated(530);
    await notice.getByRole("button", { name: "Try now" }).click();
    await headline(page).getByText("70%").waitFor();
    await page.getByRole("status").getByText("Live").waitFor();
    assert.equal(await notice.count(), 0);
  });

  test("a collector that cannot be reached at first is tried again", async () => {
    answers.status = 0;
    const page = await open();
    await page.getByText("The collector does not answer.").waitFor();
    answers.status = 200;
    await headline(page).waitFor();
  });

  test("an answer of another version is an error, not a blank page", async () => {
    const page = await open();
    await headline(page).waitFor();
    answers.overview = { product: "Ledgerly" };
    await page.getByText(/answer was not understood \(missing field/).waitFor();
    assert.equal(await headline(page).innerText(), "54%");
  });

  test("a token that is no longer accepted ends the session", async () => {
    const page = await open();
    await headline(page).waitFor();
    answers.status = 401;
    await page.getByRole("alert").getByText("This token is not accepted.").waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  });
});

test("when the application cannot be loaded the page says so", async () => {
  answers.missing = "/firstvalue_dashboard_bg.wasm";
  const page = await open();
  await page.getByRole("heading", { name: "The dashboard could not start" }).waitFor();
});

for (const width of [1280, 375]) {
  test(`${width} px: nothing scrolls sideways or lies under something, however long names are`, async () => {
    answers.overview = lengthened(WITH_TEAM);
    answers.events = lengthened(EVENTS);
    answers.lists = lengthened(LISTS);
    const erased = { id: 1, at: overview().now, actor: "8f14e45f", action: "erase", subject: "ann@acme.com", detail: "3" };
    answers.lists["/api/audit?limit=50"] = lengthened({ deeds: [erased] });
    const page = await open({ viewport: { width, height: 900 } });
    await headline(page).waitFor();
    for (const hash of LONG_PAGES) {
      await page.evaluate((hash) => (location.hash = hash), hash);
      await page.waitForFunction((hash) => {
        const panels = [...document.querySelectorAll("main .panel")];
        const isThere = panels.length > 0 && !panels.some((panel) => panel.textContent.includes("Loading…"));
        return isThere && location.hash === hash;
      }, hash);
      const wide = await page.evaluate(() => {
        const panels = [...document.querySelectorAll("main .panel")];
        const over = panels.filter((panel) => panel.scrollWidth > panel.clientWidth);
        const names = over.map((panel) => panel.querySelector("h2").textContent);
        return document.documentElement.scrollWidth > innerWidth ? ["the page", ...names] : names;
      });
      assert.deepEqual(wide, [], hash);
    }
  });
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 375]) {
    test(`${colorScheme}, ${width} px: axe and the content security policy have no objection`, async () => {
      const page = await open({ colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce" });
      await headline(page).waitFor();
      await page.getByRole("button", { name: /^4 steps/ }).click();
      await page.getByText("Show as a table").click();
      await page.getByRole("slider").focus();
      assert.deepEqual(await objections(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, "nothing scrolls sideways");

      for (const name of ["Users", "Accounts", "Playbook", "Delivery", "Refused"]) {
        await page.getByRole("link", { name, exact: true }).click();
        await page.getByRole("heading", { level: 2, name: name === "Playbook" ? "Versions" : name }).waitFor();
        await page.getByRole("row").nth(1).waitFor();
        assert.deepEqual(await objections(page), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(wide, false, `nothing scrolls sideways: ${name}`);
      }

      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByLabel("Admin token").waitFor();
      assert.deepEqual(await objections(page), []);
      assert.deepEqual(page.violations(), []);
    });
  }
}
