// Results as tables for people.

const whole = (number) => Math.round(number).toLocaleString("en-GB");

export function report({ machine, load, duckdb, events, bytes, rounds, answer, figures }) {
  const row = (name, { seconds, cpuSeconds, peakBytes }) => {
    const cells = [name, seconds.toFixed(1), cpuSeconds.toFixed(1), whole(events / seconds), whole(peakBytes / 2 ** 20)];
    return `| ${cells.join(" | ")} |`;
  };
  const milestones = Object.entries(answer).map(
    ([milestone, { users, median }]) => `| ${milestone} | ${whole(users)} | ${(median / 3.6e6).toFixed(1)} |`,
  );
  const runs = rounds === 1 ? "one run" : `medians of ${rounds} runs`;
  return `# Replay

Measured by \`cargo xtask bench replay\` on ${machine}, with a load of ${load} from
elsewhere; ${runs} over ${whole(events)} events
(${whole(bytes / 1e6)} MB of NDJSON). Both give the same answer. What is measured, and what it means, is in
[the README](../README.md).

| | seconds | CPU seconds | events per second | peak memory, MB |
| --- | --: | --: | --: | --: |
${row("\`firstvalue replay\`", figures.firstvalue)}
${row(`DuckDB ${duckdb}`, figures.duckdb)}

| milestone | users | median time to value, h |
| --- | --: | --: |
${milestones.join("\n")}
`;
}
