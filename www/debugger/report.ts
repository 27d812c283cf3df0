// What the debugger says: sections of rows, each with lines that explain it. The panel shows them, and the
// clipboard gets them as text.

import { idOf } from "../loader/message";
import type { Explained, Explanation } from "./explain";
import type { Heard } from "./heard";
import type { Inside, Subject } from "./inside";
import { target } from "./target";

/** A line of an explanation. */
export interface Line {
  depth: number;
  text: string;
  /** Whether what it says holds, where that is the question. */
  holds?: boolean;
}

/** Something that is shown by itself. */
export interface Row {
  id: string;
  title: string;
  /** How it stands, in a few words. */
  state: string;
  tone?: "good" | "bad";
  lines: Line[];
}

/** A group of rows. */
export interface Section {
  title: string;
  /** What is said where there are none. */
  empty: string;
  rows: Row[];
}

const clock = (at: number): string => new Date(at).toLocaleTimeString("en-GB");
const moment = (at: number): string => new Date(at).toISOString().replace("T", " ").slice(0, 19) + " UTC";

const flat = (depth: number, text: string): Line => ({ depth, text });
const data = (of: unknown): Line[] => Object.entries(of ?? {}).map(([name, value]) => flat(0, `${name}: ${JSON.stringify(value)}`));

/** The least that is a moment, and no count: a day in 1973. */
const MOMENT = 100_000_000_000;
const value = (of: unknown): string => (typeof of === "number" && of > MOMENT ? moment(of) : JSON.stringify(of));

/** A condition and its parts, from the outermost in. */
const why = (of: Explanation | null, depth = 0): Line[] => {
  if (!of) return [flat(depth, "decided by the collector")];
  const found = of.value === null ? "" : ` — found ${value(of.value)}`;
  const changes = of.changes_at ? ` — may change ${moment(of.changes_at)}` : "";
  const line = { depth, text: `${of.condition} ${of.compared_with}`.trim() + found + changes, holds: of.holds };
  return [line, ...of.parts.flatMap((part) => why(part, depth + 1))];
};

const who = ({ firstvalue }: Subject, [options, consent, path]: Inside, explained?: Explained): Section => {
  const { state, code, reason } = firstvalue.status;
  const known = firstvalue.state();
  const tone = state === "ready" && !code ? "good" : "bad";
  const rows: Row[] = [{ id: "status", title: "Status", state: code ? `${state} (${code})` : state, tone, lines: reason ? [flat(0, reason)] : [] }];
  const add = (id: string, title: string, state: string, lines: Line[] = []): void => void rows.push({ id, title, state, lines });
  if (known) {
    add("user", "User", idOf({ ...known, userId: known.userId ?? undefined }), [flat(0, `anonymous id: ${known.anonymousId}`), ...data(explained?.traits)]);
    add("account", "Account", known.accountId ?? "none", data(explained?.accountTraits));
  }
  add("consent", "Consent", consent ?? "not said");
  add("page", "Page", path ?? location.pathname);
  add("kept", "Kept", options?.storage === "memory" ? "in memory" : "on the device");
  return { title: "Now", empty: "", rows };
};

const milestones = (explained: Explained): Section => ({
  title: "Milestones",
  empty: "The playbook has none.",
  rows: explained.milestones.map(({ id, title, reachedAt, why: of }) => ({
    id: `milestone ${id}`,
    title: id,
    state: reachedAt ? `reached ${moment(reachedAt)}` : "not reached",
    ...(reachedAt && { tone: "good" as const }),
    lines: [flat(0, title), ...why(of)],
  })),
});

const guides = ({ firstvalue }: Subject, [, , , playbook]: Inside, explained: Explained, interrupted: (target: string | null) => string[]): Section => {
  const running = firstvalue.state()?.running;
  const { code } = firstvalue.status;
  const rows = explained.guides.map(({ id, target, blocks, why: of }): Row => {
    const conditions = why(of);
    const row = (state: string, tone?: Row["tone"], lines: Line[] = []): Row => ({ id: `guide ${id}`, title: id, state, lines: [...lines, ...conditions], ...(tone && { tone }) });
    if (running?.guide === id) return row(`running, step ${running.step + 1}`, "good");
    const reasons = blocks.map(({ text, until }) => (until ? `${text}, until ${moment(until)}` : text));
    if (running && !explained.isAtRest) reasons.push(`\`${running.guide}\` is running`);
    if (code === "guides_off") reasons.push("the renderer did not come, or broke down");
    reasons.push(...(reasons.length ? [] : interrupted(target).map((reason) => `not now: ${reason}`)));
    const lines = reasons.map((text) => ({ depth: 0, text, holds: false }));
    if (lines.length) return row(reasons[0]!, "bad", lines);
    if (explained.isHeldOut) return row("withheld: the user is of the hold-out");
    return row("starts now", "good", [flat(0, "if it does not, it could not be shown on this page: see what was heard")]);
  });
  const pointing = playbook && target(playbook, running ?? null);
  if (pointing) rows.splice(rows.findIndex(({ id }) => id === `guide ${running?.guide}`) + 1, 0, pointing);
  return { title: "Guides", empty: "The playbook has none.", rows };
};

const outbox = ([options, consent, , , , waiting = [], unwritten = []]: Inside, heard: Heard[]): Section => {
  const list = (messages: typeof waiting): Line[] => messages.slice(-20).map(({ type, event, timestamp }) => flat(0, `${timestamp.slice(11, 19)} ${event ?? type}`));
  const problems = heard.filter(({ code }) => code === "rejected");
  const lost = problems.reduce((sum, { title }) => sum + Number.parseInt(title, 10), 0);
  const sends = consent === "full" ? `${waiting.length} waiting` : "nothing is sent";
  return {
    title: "Outbox",
    empty: "",
    rows: [
      { id: "waiting", title: "To the collector", state: sends, lines: [flat(0, options?.endpoint ?? "at the script's own address"), ...list(waiting)] },
      { id: "unwritten", title: "Not on the device yet", state: `${unwritten.length}`, lines: list(unwritten) },
      { id: "lost", title: "Lost", state: `${lost}`, ...(lost > 0 && { tone: "bad" as const }), lines: problems.map(({ at, title }) => flat(0, `${clock(at)} ${title}`)) },
    ],
  };
};

const happened = (heard: Heard[]): Section => ({
  title: "Heard",
  empty: "Nothing since the debugger was opened.",
  rows: heard.map(({ number, at, what, title, code, detail }) => ({
    id: `heard ${number}`,
    title: `${clock(at)} ${title}`,
    state: code ?? what,
    ...(what === "error" && { tone: "bad" as const }),
    lines: data(detail),
  })),
});

/** Everything. */
export function report(subject: Subject, inside: Inside, explained: Explained | undefined, interrupted: (target: string | null) => string[], heard: Heard[]): Section[] {
  const undecided = (title: string): Section => ({ title, empty: "Nothing is decided on this page.", rows: [] });
  const decided = explained ? [guides(subject, inside, explained, interrupted), milestones(explained)] : [undecided("Guides"), undecided("Milestones")];
  return [who(subject, inside, explained), ...decided, outbox(inside, heard), happened(heard)];
}

/** The same as text. */
export function asText(sections: Section[]): string {
  const mark = ({ holds }: Line): string => (holds === undefined ? "" : holds ? "✓ " : "✗ ");
  const line = (one: Line): string => "  ".repeat(one.depth + 2) + mark(one) + one.text;
  const row = ({ title, state, lines }: Row): string[] => [`  ${title}: ${state}`, ...lines.map(line)];
  return sections.flatMap(({ title, empty, rows }) => [title, ...(rows.length ? rows.flatMap(row) : [`  ${empty}`])]).join("\n") + "\n";
}
