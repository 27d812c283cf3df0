// Results as tables for people.

const number = (value) => (value === undefined ? "–" : Math.round(value).toLocaleString("en-GB"));

function table(heads, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map((_, place) => (place ? "--:" : "---"))), ...rows.map(line)].join("\n");
}

/** How many times as long a peer takes. */
const ratio = (theirs, ours) => (theirs === undefined ? "–" : `${Number((theirs / ours).toPrecision(2))}×`);

const COLUMNS = ["native", "wasm, by name", "wasm, by number", "JavaScript table"];
const PEERS = ["json-logic-js", "json-rules-engine", "rescan"];

export function report({ machine, chromium, rounds, byRules, byRulesOfEvent, byHistory }) {
  const cells = (row, columns) => columns.map((column) => number(row[column]));
  const against = (row) =>
    ["JavaScript table", ...PEERS].map((peer) => ratio(row[peer], row["wasm, by name"]));
  const few = (row) => row.changesPerEvent.toFixed(2);
  return `# Time per event

Measured by \`cargo xtask bench engine\` on ${machine}; Chromium ${chromium}; medians of ${rounds} rounds,
in nanoseconds per event. What is measured, and what it means, is in [the README](../README.md).

## By number of rules, ten for each name of an event

${table(
  ["rules", "changes per event", ...COLUMNS, ...PEERS],
  byRules.map((row) => [number(row.rules), few(row), ...cells(row, [...COLUMNS, ...PEERS])]),
)}

How many times as long as \`wasm, by name\` the others take in the same run:

${table(
  ["rules", "JavaScript table", ...PEERS],
  byRules.map((row) => [number(row.rules), ...against(row)]),
)}

## By number of rules that name the event, of 1,000 rules

${table(
  ["rules", "changes per event", ...COLUMNS],
  byRulesOfEvent.map((row) => [number(row.each), few(row), ...cells(row, COLUMNS)]),
)}

## By length of history, with 1,000 rules

${table(
  ["events before", ...COLUMNS, "rescan"],
  byHistory.map((row) => [number(row.history), ...cells(row, [...COLUMNS, "rescan"])]),
)}
`;
}
