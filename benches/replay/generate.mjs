// Writes a log as Ledgerly's users would make it, by time, the same each time:
//
//   node benches/replay/generate.mjs --events 10000000 --out FILE

import { closeSync, openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";

const DAYS = 180;
const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const EVENTS_OF_A_USER = 250;
const USERS_OF_AN_ACCOUNT = 6;
const ROLES = ["admin", "analyst", "analyst", "viewer"];
const PLANS = ["trial", "team", "team", "enterprise"];
const OFFSETS = [-480, -300, 0, 60, 60, 120, 330];
const TEMPLATES = ["board", "cash-flow", "month-end", "blank"];
const PAGES = ["/demo/", "/demo/reports", "/demo/people", "/demo/reports/r-"];

/** Numbers from 0 to 1 that look like chance (mulberry32). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = chance(20_260_105);
let messages = 0;

/** Eight digits, so that ids do not look alike and are compressed no better than real ones. */
const hash = (number) => (Math.imul(number, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0");
const pick = (list) => list[Math.floor(random() * list.length)];

function makeUser(number) {
  const account = Math.floor(number / USERS_OF_AN_ACCOUNT);
  return {
    id: `u-${String(number).padStart(6, "0")}`,
    account: `a-${String(account).padStart(5, "0")}`,
    plan: PLANS[account % PLANS.length],
    offset: OFFSETS[account % OFFSETS.length],
    role: ROLES[number % ROLES.length],
    // Most come in the first months, and use the product more or less.
    joins: Math.floor(random() ** 1.5 * (DAYS - 20)),
    keenness: 0.05 + 0.5 * random() ** 2,
    reports: 0.15 + 0.4 * random(),
  };
}

/** What a user does on one day: `[moment, line]`. */
function* visit(user, day) {
  const { id, offset } = user;
  // In the working hours of their time zone.
  let at = START + day * DAY + (9 + 8 * random()) * 3_600_000 - offset * 60_000;
  const context = `"context":{"utcOffset":${offset}}`;
  const line = (type, rest) => {
    at = Math.floor(at + 1_000 + 90_000 * random());
    messages += 1;
    const message = hash(messages) + messages.toString(16).padStart(8, "0");
    const when = new Date(at).toISOString();
    return [at, `{"type":"${type}","messageId":"m-${message}","userId":"${id}",${rest},"timestamp":"${when}",${context}}\n`];
  };
  const track = (event, properties = "{}") => line("track", `"event":"${event}","properties":${properties}`);
  const page = () => {
    const path = pick(PAGES);
    const whole = path.endsWith("-") ? path + Math.floor(random() * 90) : path;
    return line("page", `"properties":{"path":"${whole}","title":"Ledgerly","referrer":"https://ledgerly.example/"}`);
  };
  const isFirst = day === user.joins;
  if (isFirst) {
    const createdAt = new Date(Math.floor(at)).toISOString();
    yield line("identify", `"traits":{"createdAt":"${createdAt}","role":"${user.role}","email":"${id}@customer.example"}`);
    yield line("group", `"groupId":"${user.account}","traits":{"name":"Customer ${user.account}","plan":"${user.plan}"}`);
  }
  yield track("session.started", '{"source":"app","device":"desktop"}');
  if (isFirst) {
    yield track("guide.shown", '{"guide":"welcome"}');
    yield track(random() < 0.6 ? "guide.completed" : "guide.dismissed", '{"guide":"welcome"}');
  }
  for (let pages = 2 + random() * 6; pages > 0; pages -= 1) yield page();
  for (let reports = random() < user.reports ? 1 + random() * 3 : 0; reports > 0; reports -= 1) {
    yield track("report.created", `{"rows":${Math.floor(5 + 400 * random())},"template":"${pick(TEMPLATES)}"}`);
    if (random() < 0.3) yield track("report.shared", '{"with":"colleague"}');
    if (random() < 0.4) yield track("report.exported", `{"format":"${random() < 0.7 ? "pdf" : "xlsx"}"}`);
    if (random() < 0.05) yield track("report.scheduled", '{"every":"1w"}');
    yield page();
  }
  if (user.role === "admin" && random() < 0.08) yield track("person.invited", '{"role":"analyst"}');
}

function write(file, events) {
  const users = Array.from({ length: Math.ceil(events / EVENTS_OF_A_USER) }, (_, number) => makeUser(number));
  const out = openSync(file, "w");
  // Working days end in another zone's next day, so lines wait until nothing can come before them.
  let waiting = [];
  let left = events;
  for (let day = 0; left > 0; day += 1) {
    for (const user of users) {
      const visits = day === user.joins || (day > user.joins && random() < user.keenness);
      if (visits) waiting.push(...visit(user, day));
    }
    waiting.sort(([a], [b]) => a - b);
    const ready = START + (day + 1) * DAY;
    const isNotReady = waiting.findIndex(([at]) => at >= ready);
    const lines = waiting.splice(0, Math.min(left, isNotReady < 0 ? waiting.length : isNotReady));
    left -= lines.length;
    for (let from = 0; from < lines.length; from += 10_000) {
      writeSync(out, lines.slice(from, from + 10_000).map(([, line]) => line).join(""));
    }
  }
  closeSync(out);
}

const { values } = parseArgs({ options: { events: { type: "string" }, out: { type: "string" } } });
write(values.out, Number(values.events));
