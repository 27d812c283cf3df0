// Results as tables for people.

const number = (value) => Math.round(value).toLocaleString("en-GB");
const small = (value) => (value < 10 ? value.toFixed(1) : number(value));

function table(heads, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map((_, place) => (place ? "--:" : "---"))), ...rows.map(line)].join("\n");
}

export function report({ machine, load, chromium, rounds, rows }) {
  const label = ({ name, version }) => (version ? `${name} ${version}` : name);
  return `# Recording in a page

Measured by \`cargo xtask bench browser\` on ${machine}, with a load of ${load} from
elsewhere; Chromium ${chromium}; medians of ${rounds} round${rounds === 1 ? "" : "s"}, without what the page takes by itself. What is
measured, and what it means, is in [the README](../README.md).

## Loading

${table(
  ["", "KB of scripts", "files", "CPU ms to ready", "CPU ms until two seconds later", "JS heap KB"],
  rows.map((row) => [label(row), (row.bytes / 1_000).toFixed(1), row.files, small(row.ready), small(row.load), number(row.heap)]),
)}

## One event of six properties

${table(
  ["", "µs that the caller waits, in a loop of 1,000", "CPU µs in all, one per 10 ms", "CPU µs in all, 1,000 at once", "bytes sent", "not arrived of 100 paced", "not arrived of 1,000 at once", "sent twice"],
  rows.map((row) => [label(row), small(row.caller), number(row.paced), number(row.burst), number(row.sent), row.pacedLost, row.burstLost, row.again]),
)}
`;
}
