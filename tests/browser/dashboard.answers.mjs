// Fixed answers of the collector's `/api`, for the tests of the dashboard.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The collector's clock in all answers. */
export const NOW = Date.UTC(2026, 2, 31, 9, 0, 0);

/** A curve that passes through `[time, share]` pairs, with steps between them. */
function curve(...knots) {
  return knots.slice(1).flatMap(([until, top], at) => {
    const [from, bottom] = knots[at];
    const steps = 12;
    return Array.from({ length: steps }, (_, step) => {
      const part = (step + 1) / steps;
      // Even steps of the logarithm of the time: what the plot shows as a straight line.
      return {
        ttv_ms: Math.round(from * (until / from) ** part),
        share: bottom + (top - bottom) * part,
      };
    });
  });
}

/** With the share that gets there within the target, as the curve has it. */
const withTarget = (milestone) => ({
  ...milestone,
  in_target: milestone.curve.findLast(({ ttv_ms }) => ttv_ms <= milestone.target_ms)?.share ?? null,
});

const milestones = [
  {
    id: "first-report",
    title: "First report",
    target_ms: null,
    reached: 642,
    users: 757,
    share: 642 / 757,
    ttv: { p25_ms: 22 * MINUTE, median_ms: 204 * MINUTE, p75_ms: 53 * HOUR, p90_ms: null },
    curve: curve([6 * MINUTE, 0], [22 * MINUTE, 0.25], [204 * MINUTE, 0.5], [53 * HOUR, 0.75], [30 * DAY, 0.862]),
    histogram: [],
  },
  {
    id: "activated",
    title: "Report shared with a colleague",
    target_ms: 3 * DAY,
    reached: 412,
    users: 757,
    share: 412 / 757,
    ttv: { p25_ms: 9 * HOUR, median_ms: 55 * HOUR, p75_ms: null, p90_ms: null },
    curve: curve([20 * MINUTE, 0], [9 * HOUR, 0.25], [55 * HOUR, 0.5], [40 * DAY, 0.612]),
    histogram: [],
  },
  {
    id: "habit",
    title: "Reports on three days in two weeks",
    target_ms: 14 * DAY,
    reached: 205,
    users: 757,
    share: 205 / 757,
    ttv: { p25_ms: 16 * DAY, median_ms: null, p75_ms: null, p90_ms: null },
    curve: curve([50 * HOUR, 0], [6 * DAY, 0.12], [16 * DAY, 0.25], [70 * DAY, 0.33]),
    histogram: [],
  },
].map(withTarget);

/** A milestone that accounts reach; not among those of all tests. */
const TEAM = {
  id: "team-active",
  title: "Two of a team make reports",
  per: "account",
  target_ms: null,
  reached: 7,
  users: 31,
  share: 7 / 31,
  ttv: { p25_ms: null, median_ms: null, p75_ms: null, p90_ms: null },
  curve: curve([2 * HOUR, 0], [6 * DAY, 0.24]),
  histogram: [],
};

const guide = (id, title, kind, [eligible, shown, completed, dismissed, failed], steps) => ({
  id, title, kind, eligible, shown, completed, dismissed, failed,
  steps: steps.map(([title, shown, ended = []]) => ({ title, shown, ended })),
});

/** Why a step was the last for some. */
const ENDED = [{ reason: "dismissed", users: 61 }, { reason: "target-not-found", users: 7 }];

const guides = [
  guide("welcome", "Welcome to Ledgerly", "modal", [757, 731, 588, 143, 0], [["Welcome to Ledgerly", 731]]),
  guide("first-report-tour", "Your first report", "tour", [402, 371, 214, 98, 7], [
    ["Reports live here", 371], ["Start a new one", 322], ["Choose a template", 251, ENDED], ["Share it", 219],
  ]),
  guide("schedule-hint", "Send it every Monday", "tooltip", [158, 121, 44, 62, 0], [["Send it every Monday", 121]]),
  guide("invite-banner", "Bring your team", "banner", [96, 0, 0, 0, 0], [["Bring your team", 0]]),
];

/** An answer to `GET /api/overview`, with some of it changed. */
export function overview(changes = {}) {
  return {
    product: "Ledgerly",
    now: NOW,
    users: { total: 757, active_7d: 214, new_7d: 38 },
    events: { total: 12_431, last_at: NOW - 2_000 },
    milestones,
    stages: [{ id: "habit", title: "Comes back every week" }],
    health: { of_users: true, of_accounts: true },
    guides,
    ...changes,
  };
}

/** The same with another number of users who are activated. */
export function withActivated(reached) {
  const changed = milestones.map((milestone) =>
    milestone.id === "activated" ? { ...milestone, reached, share: reached / 757 } : milestone,
  );
  return overview({ milestones: changed });
}

/** The same of a playbook in which no milestone is called `activated`. */
export const NONE_ACTIVATED = overview({ milestones: milestones.filter(({ id }) => id !== "activated") });

/** The same with a milestone of accounts. */
export const WITH_TEAM = overview({ milestones: [...milestones, TEAM] });

/** A collector that has heard of nobody. */
export const NOBODY = overview({
  users: { total: 0, active_7d: 0, new_7d: 0 },
  events: { total: 0, last_at: null },
});

const NAMES = [
  ["track", "report.created", { rows: 120, template: "board" }],
  ["track", "guide.step_shown", { guide: "first-report-tour", step: 1 }],
  ["page", "page.viewed", { path: "/reports/q3-revenue" }],
  ["identify", null, null],
  ["track", "report.shared", { with: "ana@example.com" }],
  ["track", "report.exported", { format: "xlsx" }],
];

/** An event that came in `ago` milliseconds before [`NOW`]. */
export function event(ago, [type, name, properties], user = "u-0412") {
  return { at: NOW - ago, received_at: NOW - ago + 300, user, type, event: name, properties };
}

/** An answer to `GET /api/events`. */
export const EVENTS = Array.from({ length: 50 }, (_, at) =>
  event(2_000 + at * at * 4_000, NAMES[at % NAMES.length], `u-${String((at * 37) % 757).padStart(4, "0")}`),
);

/** Answers to lists, by path. */
export const LISTS = {
  "/api/accounts?limit=50": {
    accounts: [
      {
        account: "acme & co",
        users: 1_204,
        signup_at: NOW - 3 * DAY,
        milestones: [{ id: "team-active", reached_at: NOW - DAY, ttv_ms: 2 * HOUR }],
        health: 71.25,
      },
      { account: "borealis", users: 12, signup_at: NOW - 8 * DAY, milestones: [], health: null },
    ],
    next: "borealis",
  },
  "/api/accounts?limit=50&after=borealis": {
    accounts: [{ account: "zeta", users: 1, signup_at: null, milestones: [] }],
    next: null,
  },
  "/api/accounts/acme%20%26%20co": {
    account: "acme & co",
    traits: { plan: "pro" },
    signup_at: NOW - 3 * DAY,
    milestones: [{ id: "team-active", reached_at: NOW - DAY, ttv_ms: 2 * HOUR }],
    health: {
      score: 71.25,
      parts: [
        { name: "Three people active", points: 60, of_points: 60, value: 1, unit: "condition" },
        { name: "Seats in use", points: 11.25, of_points: 40, value: 0.28, unit: "number" },
      ],
    },
    achieved: {
      months: ["2026-02", "2026-03"],
      outcomes: [
        {
          id: "hours-saved",
          title: { en: "Hours saved" },
          unit: { en: { one: "hour", other: "hours" } },
          value_of_one: { amount: 50, currency: "EUR" },
          sums: [1_200, 34.5],
        },
      ],
    },
    users: [
      {
        user: "ann@acme.com",
        account: "acme & co",
        signup_at: NOW - 3 * DAY,
        last_seen_at: NOW - HOUR,
        stage: "habit",
        milestones: ["first-report", "activated"],
      },
    ],
    events: [],
  },
  "/api/users?limit=50": {
    users: [
      {
        user: "ann@acme.com",
        account: "acme & co",
        signup_at: NOW - 3 * DAY,
        last_seen_at: NOW - HOUR,
        stage: "habit",
        milestones: ["first-report"],
      },
    ],
    next: null,
  },
  "/api/users/ann%40acme.com": {
    user: "ann@acme.com",
    anonymous_ids: ["d-17"],
    account: "acme & co",
    traits: { role: "admin", seats: 12 },
    signup_at: NOW - 3 * DAY,
    last_seen_at: NOW - HOUR,
    stage: "habit",
    audiences: ["admins"],
    milestones: [{ id: "first-report", reached_at: NOW - 2 * DAY, ttv_ms: DAY }],
    health: {
      score: 62,
      parts: [
        { name: "Shares reports", points: 40, of_points: 40, value: 1, unit: "condition" },
        { name: "Days of use in four weeks", points: 22, of_points: 40, value: 7, unit: "number" },
        { name: "Time since the last visit", points: 0, of_points: 20, value: 30 * DAY, unit: "milliseconds" },
        { name: "Satisfaction", points: null, of_points: null, value: null, unit: "number" },
      ],
    },
    eligible: ["schedule-hint"],
    guides: [
      { id: "welcome", title: "Welcome to Ledgerly", shown: 1, withheld: 0, completed: true, dismissed: false, snoozed: false },
      { id: "schedule-hint", title: "Send it every Monday", shown: 2, withheld: 0, completed: false, dismissed: false, snoozed: true },
    ],
    events: [],
  },
  "/api/users/ann%40acme.com/events?limit=50": {
    events: [event(HOUR, NAMES[0]), event(2 * HOUR, NAMES[3])],
    next: "5.7",
  },
  "/api/users/ann%40acme.com/events?limit=50&before=5.7": {
    events: [event(3 * DAY, NAMES[2])],
    next: null,
  },
  "/api/milestones/first-report/users?limit=50": {
    users: [{ user: "ann@acme.com", reached_at: NOW - 2 * DAY, ttv_ms: DAY }],
    next: null,
  },
  "/api/milestones/team-active/accounts?limit=50": {
    accounts: [{ account: "acme & co", reached_at: NOW - DAY, ttv_ms: 2 * HOUR }],
    next: null,
  },
  "/api/playbooks?limit=50": {
    in_force: 2,
    recomputing: null,
    versions: [
      { version: 2, at: NOW - HOUR, actor: "8f14e45f", note: "a shorter tour" },
      { version: 1, at: NOW - 3 * DAY, actor: "file", note: "" },
    ],
  },
  "/api/quarantine?limit=50": {
    refused: [
      {
        id: 7,
        received_at: NOW - HOUR,
        message_id: null,
        user: null,
        reason: "`event` must be text",
        body: '{"event":{"<img src=x>":1}}',
      },
    ],
  },
  "/api/delivery": {
    days: 30,
    kept_for_ms: 7 * DAY,
    all: { delivered: 61_204, awaited: 12, lost: 31, loss: 0.00051 },
    ways: [
      { browser: "Chrome", transport: "fetch", delivered: 52_117, awaited: 8, lost: 9, loss: 0.00017 },
      { browser: "Safari", transport: "beacon", delivered: 9_087, awaited: 4, lost: 22, loss: 0.0132 },
    ],
  },
  "/api/audit?limit=50": { deeds: [] },
};

/** As long as ids, words and addresses are that nobody made for people to read. */
const HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
const LONG = [
  ["ann@acme.com", HASH],
  ["ann%40acme.com", HASH],
  ["acme & co", `org_${HASH}`],
  ["acme%20%26%20co", `org_${HASH}`],
  ["u-0000", HASH],
  ["first-report", `first-report-${HASH}`],
  ["First report", WORD],
  ["Report shared with a colleague", `${WORD} ${WORD}`],
  ["Comes back every week", WORD],
  ["Welcome to Ledgerly", WORD],
  ["Choose a template", WORD],
  ["Hours saved", WORD],
  ["report.created", `report.${HASH}`],
  ["a shorter tour", WORD],
  ["`event` must be text", HASH],
  ["admins", `admins-${HASH}`],
  ["\"pro\"", `"https://app.example.com/workspaces/${HASH}/settings?tab=members"`],
  ["\"admin\"", `"https://app.example.com/workspaces/${HASH}/settings?tab=members"`],
];

/** An answer, or several by path, in which the names of everything are long. */
export function lengthened(answer) {
  const text = LONG.reduce((text, [short, long]) => text.replaceAll(short, long), JSON.stringify(answer));
  return JSON.parse(text);
}

/** The addresses of pages that show what [`lengthened`] makes of these answers. */
export const LONG_PAGES = [
  "#/", `#/milestones/first-report-${HASH}`, "#/users", `#/users/${HASH}`, "#/accounts", `#/accounts/org_${HASH}`,
  "#/events", "#/playbook", "#/delivery", "#/refused", "#/audit", `#/${HASH}`,
];
