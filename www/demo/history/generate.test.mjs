import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { customers } from "./customers.mjs";
import { DAYS, generate, SEED } from "./generate.mjs";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 2, 18, 15, 30);
const messages = generate(NOW);
const at = (message) => Date.parse(message.timestamp);
const byUser = new Map();
for (const message of messages) {
  if (!byUser.has(message.userId)) byUser.set(message.userId, []);
  byUser.get(message.userId).push(message);
}

/** The share of users for whom something holds. */
function share(holds) {
  return [...byUser.values()].filter(holds).length / byUser.size;
}

const times = (history, event) => history.filter((message) => message.event === event).map(at);

test("the same day gives the same messages", () => {
  assert.deepEqual(generate(NOW + 3 * 3_600_000), messages);
});

test("another seed gives other messages", () => {
  assert.notDeepEqual(generate(NOW, "another"), messages);
});

test("a later day only adds to what both days hold", () => {
  const later = new Map(generate(NOW + DAY).map((message) => [message.messageId, message]));
  const firstDay = Math.floor(NOW / DAY) - DAYS;
  const kept = [...byUser].filter(([user]) => Number(user.split("-")[1]) > firstDay).flatMap(([, history]) => history);
  assert.ok(kept.length > messages.length * 0.9);
  for (const message of kept) assert.deepEqual(later.get(message.messageId), message);
  assert.ok(later.size > kept.length);
});

test("message ids are unique", () => {
  assert.equal(new Set(messages.map((message) => message.messageId)).size, messages.length);
});

test("messages come in the order of time, within the 90 days before today", () => {
  const end = Math.floor(NOW / DAY) * DAY;
  let last = end - DAYS * DAY - 14 * 3_600_000;
  for (const message of messages) {
    assert.ok(at(message) >= last, message.messageId);
    last = at(message);
  }
  assert.ok(last < end);
});

test("every user begins with who they are, signs up then, and belongs to an account", () => {
  for (const history of byUser.values()) {
    const [identify, group, start] = history;
    assert.equal(identify.type, "identify");
    assert.equal(identify.traits.createdAt, identify.timestamp);
    assert.equal(group.type, "group");
    assert.ok(["trial", "team", "business"].includes(group.traits.plan));
    assert.equal(start.event, "session.started");
  }
});

test("messages have the shape that clients send", () => {
  for (const message of messages) {
    assert.ok(["identify", "group", "page", "track"].includes(message.type));
    assert.ok(Number.isInteger(message.context.utcOffset));
    assert.match(message.context.page.path, /^\/demo\//);
    if (message.type === "track") assert.match(message.event, /^[a-z_]+\.[a-z_]+$/);
    if (message.event?.startsWith("guide.")) assert.ok(Number.isInteger(message.properties.step));
  }
});

test("every event is in the tracking plan of the playbook, and every guide among its guides", () => {
  const playbook = readFileSync(new URL("../playbook.yaml", import.meta.url), "utf8");
  const under = (key) => {
    const section = playbook.split(new RegExp(`^${key}:.*$`, "m"))[1]?.split(/^\S/m)[0] ?? "";
    return new Set([...section.matchAll(/^ {2}([\w.-]+):/gm)].map(([, name]) => name));
  };
  const planned = under("events");
  const guides = under("guides");
  assert.ok(planned.size > 0 && guides.size > 0);
  for (const { event, properties } of messages) {
    if (event?.startsWith("guide.")) assert.ok(guides.has(properties.guide), properties.guide);
    else if (event) assert.ok(planned.has(event), event);
  }
});

test("nobody shares before there is a report", () => {
  for (const history of byUser.values()) {
    const [created] = times(history, "report.created");
    const [shared] = times(history, "report.shared");
    if (shared !== undefined) assert.ok(created <= shared);
  }
});

test("a guide is shown before it ends, and nobody tours who did not want to", () => {
  for (const history of byUser.values()) {
    const shown = new Set();
    const wanted = history.some(({ event, properties }) => event === "guide.completed" && properties.guide === "welcome");
    for (const { event, properties } of history) {
      if (event === "guide.shown") shown.add(properties.guide);
      if (event === "guide.completed" || event === "guide.dismissed") assert.ok(shown.has(properties.guide));
    }
    if (shown.has("first-report-tour")) assert.ok(wanted);
  }
});

test("there are about 420 people, and about as many reach each milestone as the demo wants to show", () => {
  const near = (value, wanted, slack) => assert.ok(Math.abs(value - wanted) <= slack, `${value} is not near ${wanted}`);
  near(byUser.size, 420, 60);
  near(share((history) => times(history, "report.created").length > 0), 0.7, 0.07);
  near(share(isActivated), 0.5, 0.07);
  near(share(hasHabit), 0.26, 0.06);
});

test("who followed the tour saves the first report sooner", () => {
  const wait = (history) => times(history, "report.created")[0] - at(history[0]);
  const toured = (history) => history.some(({ event, properties }) => event === "guide.completed" && properties.guide === "first-report-tour");
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  const reached = [...byUser.values()].filter((history) => times(history, "report.created").length > 0);
  assert.ok(median(reached.filter(toured).map(wait)) * 5 < median(reached.filter((history) => !toured(history)).map(wait)));
});

test("weekends are quiet", () => {
  const weekend = messages.filter((message) => [0, 6].includes(new Date(at(message)).getUTCDay())).length;
  assert.ok(weekend > 0 && weekend / messages.length < 0.08);
});

function isActivated(history) {
  const created = times(history, "report.created");
  return times(history, "report.shared").some((shared) => created.some((moment) => moment <= shared && shared - moment <= 7 * DAY));
}

function hasHabit(history) {
  const offset = history[0].context.utcOffset * 60_000;
  const created = times(history, "report.created");
  return created.some((last) => {
    const recent = created.filter((moment) => moment <= last && last - moment <= 14 * DAY);
    return new Set(recent.map((moment) => Math.floor((moment + offset) / DAY))).size >= 3;
  });
}

test("customers have a year of outcomes, and what is loaded later adds nothing twice", () => {
  const before = customers(NOW, SEED);
  const later = new Map(customers(NOW + 9 * DAY, SEED).map((message) => [message.messageId, message]));
  assert.equal(new Set(before.map(({ messageId }) => messageId)).size, before.length);
  for (const message of before) assert.deepEqual(later.get(message.messageId), message);
  const months = new Set(before.filter(({ event }) => event === "outcome.recorded").map(({ timestamp }) => timestamp.slice(0, 7)));
  assert.equal(months.size, 12);
});
