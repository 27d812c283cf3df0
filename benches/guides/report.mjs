// Results as tables for people.

const number = (value) => (value === undefined ? "–" : Math.round(value).toLocaleString("en-GB"));
const pixels = (value) => (value === undefined ? "–" : Number.isFinite(value) && value !== null ? `${Math.round(value * 10) / 10}` : "lost");

function table(heads, rows, align = "--:") {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map((_, place) => (place ? align : "---"))), ...rows.map(line)].join("\n");
}

/**
 * What we want to hold beside others in the same run: what of ours, of whose, and at most which share. What a page
 * costs by itself is taken off.
 */
const WANTED = [
  ["start to visible", "start", "driver.js", 0.6],
  ["next to visible", "next", "Shepherd.js", 1.1],
  ["CPU for 60 scrolled frames", "scrollCpu", "React Joyride", 0.25],
];
/** The most layouts to start. */
const LAYOUTS = 3;
/** How far off its target a card may be two frames after a scroll, in pixels. */
const STRAYED = 2;

function wanted(timing) {
  const of = (name) => timing.find((row) => row.name.startsWith(name));
  const ours = of("Firstvalue");
  const page = of("the page by itself");
  const verdict = (holds) => (holds ? "yes" : "**no**");
  const ratios = WANTED.map(([what, key, whose, most]) => {
    const [share, all] = [ours, of(whose)].map((row) => row[key] - (page[key] ?? 0));
    const ratio = share / all;
    return [what, `${ratio.toFixed(2)} of ${whose}'s`, `${most} of it`, verdict(ratio <= most)];
  });
  return [
    ...ratios,
    ["layouts to start", number(ours.layouts), `${LAYOUTS}`, verdict(ours.layouts <= LAYOUTS)],
    ["px off its target", pixels(ours.strayed), `${STRAYED}`, verdict(ours.strayed <= STRAYED)],
  ];
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

## What we want to hold

${table(["", "Firstvalue", "at most", "holds"], wanted(timing))}

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
