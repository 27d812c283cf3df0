// What is in the panel of a value report: what the customer has achieved this month, and in the months before.

import { ACCOUNT } from "../loader/signed";
import { chart } from "./chart";
import { make } from "./dom";
import type { Guide, Say, Text } from "./guide";
import { markdown } from "./markdown";
import { actions, type Presses } from "./press";
import type { Outside } from "./standing";
import type { Words } from "./words";

/** Milliseconds that what was recorded on this page has to arrive, and then that the collector has to answer. */
const TO_SEND = 3_000;
const PATIENCE = 10_000;

/** How many months are drawn even if nothing was achieved in the first of them. */
const FEWEST = 6;

/** What the collector says; see `/v1/outcomes`. */
interface Told {
  /** As `2026-03`, the latest last. */
  months: string[];
  outcomes: Outcome[];
}

interface Outcome {
  id: string;
  title: Text;
  unit: Text | null;
  value_of_one: { amount: number; currency: string } | null;
  sums: number[];
}

/** Who asks, and for which account. */
interface Asker {
  userId: string | null;
  accountId: string | null;
}

/** How it is said. */
interface Speech {
  locale: string;
  say: Say;
  words: Words;
}

/** A report, for which the collector is asked now. */
export function report(body: HTMLElement, { panel }: Guide, asker: Asker, { presses, outside, ...speech }: Speech & { presses: Presses; outside: Outside }): void {
  const { say, words, locale } = speech;
  // It is told when the numbers come.
  const status = make("p", { className: "empty", role: "status" }, words.loading);
  const results = make("div", { className: "results", ariaBusy: "true" });
  const text = markdown(say(panel.body, true));
  const buttons = actions(panel.actions, say, presses);
  if (text.length) body.append(make("div", { className: "text" }, ...text));
  body.append(status, results, ...buttons);
  const draw = ({ months, outcomes }: Told): void => {
    const wanted = panel.outcomes?.flatMap((id) => outcomes.filter((one) => one.id === id)) ?? outcomes;
    const achieved = wanted.filter(({ sums }) => sums.some(Boolean));
    results.append(...achieved.map((outcome) => result(outcome, months, speech)));
    if (achieved.length) status.className = "about";
    status.textContent = achieved.length ? words.soFar(month(months.at(-1)!, locale, true)) : words.none;
  };
  ask(asker, outside)
    .then(draw)
    .catch(() => (status.textContent = words.unavailable))
    .finally(() => (results.ariaBusy = "false"));
}

/** What the collector says; rejects if it may not be asked, or does not say. */
async function ask({ userId, accountId }: Asker, outside: Outside): Promise<Told> {
  const [to, hashes, flush] = outside();
  const [kind, id, hash] = accountId === null ? ["user", userId ?? "", hashes.get(userId ?? "")] : ["account", accountId, hashes.get(ACCOUNT + accountId)];
  // What was achieved a moment ago is to be in it.
  if (to.send && hash) await Promise.race([flush(), new Promise((resolve) => setTimeout(resolve, TO_SEND))]);
  if (!to.send || !hash) throw undefined;
  const query = new URLSearchParams([["key", to.writeKey], [kind!, id!], ["hash", hash], ["utcOffset", `${-new Date().getTimezoneOffset()}`]]);
  const reply = await fetch(`${to.endpoint}/v1/outcomes?${query}`, { __proto__: null, credentials: "omit", signal: AbortSignal.timeout(PATIENCE) } as RequestInit);
  if (!reply.ok) throw undefined;
  return reply.json();
}

/** One outcome: this month, beside the one before, and all that is told. */
function result({ title, unit, value_of_one: one, sums }: Outcome, months: string[], { locale, say, words }: Speech): HTMLElement {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const amount = (value: number): string => [number.format(value), unit && say(unit)].filter(Boolean).join("\u00a0");
  // Whole amounts have no decimals, in browsers that know how.
  const money = one && new Intl.NumberFormat(locale, { style: "currency", currency: one.currency, trailingZeroDisplay: "stripIfInteger" } as Intl.NumberFormatOptions);
  const worth = (value: number): string[] => (money && value ? [words.worth(money.format(value * one.amount))] : []);
  const [before, now] = sums.slice(-2) as [number, number];
  const all = sums.reduce((sum, value) => sum + value);
  const name = month(months.at(-2)!, locale);
  const difference = now - before;
  const compared = difference > 0 ? words.more(amount(difference), name) : difference < 0 ? words.less(amount(-difference), name) : words.same(name);
  const begin = Math.min(sums.findIndex(Boolean), sums.length - FEWEST);
  const drawn = months.slice(begin).map((one, place) => ({ month: month(one, locale, true), value: sums[begin + place]!, text: amount(sums[begin + place]!) }));
  return make(
    "article",
    {},
    make("h3", {}, say(title)),
    make("p", { className: "sum" }, make("strong", {}, amount(now)), ...worth(now).map((text) => make("span", {}, text))),
    ...(now || before ? [make("p", {}, compared)] : []),
    ...chart(drawn),
    make("p", { className: "about" }, [words.inAll(amount(all)), ...worth(all)].join(" · ")),
  );
}

/** A month such as `2026-03` as the language writes it. */
const month = (month: string, locale: string, withYear = false): string =>
  new Intl.DateTimeFormat(locale, { month: "long", ...(withYear && { year: "numeric" }), timeZone: "UTC" }).format(new Date(month));
