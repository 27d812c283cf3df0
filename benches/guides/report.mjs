// Results as tables for people.

const number = (value) => (value === undefined ? "–" : Math.round(value).toLocaleString("en-GB"));
const pixels = (value) => (value === undefined ? "–" : Number.isFinite(value) && value !== null ? `${Math.round(value * 10) / 10}` : "lost");

function table(heads, rows, align = "--:") {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map((_, place) => (place ? align : "---"))), ...rows.map(line)].join("\n");
}

export function report({ machine, load, chromium, rounds, timing, matrix }) {
  const libraries = Object.keys(matrix[0]).filter((key) => key !== "title");
  const holds = (library) => matrix.filter((row) => row[library] === null).length;
  return `# Tours on pages

Measured by \`cargo xtask bench guides\` on ${machine}, with a load of ${load} from
elsewhere; Chromium ${chromium}; medians of ${rounds} rounds. What is measured, and what it means, is in [the README](../README.md).

## What it takes

${table(
  ["", "start to visible ms", "next to visible ms", "CPU ms to start", "layouts to start", "CPU ms for 60 scrolled frames", "px off its target"],
  timing.map((row) => [row.name, number(row.start), number(row.next), number(row.startCpu), number(row.layouts), number(row.scrollCpu), row.start === undefined ? "–" : pixels(row.strayed)]),
)}

## Pages that are hard on tours

${table(
  ["", ...libraries],
  [
    ...matrix.map((row) => [row.title, ...libraries.map((library) => (row[library] === null ? "yes" : row[library]))]),
    [`**of ${matrix.length}**`, ...libraries.map((library) => `**${holds(library)}**`)],
  ],
  "---",
)}
`;
}
