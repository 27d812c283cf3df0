// Results as tables for people.

const whole = (number) => Math.round(number).toLocaleString("en-GB");
const megabytes = (bytes) => whole(bytes / 2 ** 20);

export function report(results) {
  const { machine, load, connections, batch, seconds, rounds, eventsPerSecond, bytesOfEvent } = results;
  const { microsecondsOfProcessor, halfLoad, soak, timeToValue: history } = results;
  const runs = rounds === 1 ? "one run" : `medians of ${rounds} runs`;
  const share = (name) => `${((eventsPerSecond.collector / eventsPerSecond[name]) * 100).toFixed(0)} %`;
  const taken = (text, name) =>
    `| ${text} | ${whole(eventsPerSecond[name])} | ${share(name)} | ${microsecondsOfProcessor[name].toFixed(1)} |`;
  const late = (text, { p50, p90, p99, p999 }) =>
    `| ${[text, ...[p50, p90, p99, p999].map((time) => time.toFixed(1))].join(" | ")} |`;
  return `# Collector

Measured by \`cargo xtask bench collector\` on ${machine}, with a load of ${load} from
elsewhere; ${runs} of ${seconds} s each. Clients and server share the machine. What is measured, and what
it means, is in [the README](../README.md).

## Durable events

${connections} connections, ${batch} events a request, each answered when it is on the disk.

| | events per second | the collector takes of that | µs of processor time an event |
| --- | --: | --: | --: |
${taken("reads, and drops", "drop")}
${taken("reads, appends to a file, answers after a grouped \`fdatasync\`", "append")}
${taken("**\`firstvalue serve\`**", "collector")}

An event takes ${whole(bytesOfEvent)} bytes on disk, indexes included.

## At half load

${whole(halfLoad.rate)} events a second. Milliseconds from when a request was to be sent until its answer.

| | p50 | p90 | p99 | p99.9 |
| --- | --: | --: | --: | --: |
${late("appends to a file", halfLoad.append)}
${late("**\`firstvalue serve\`**", halfLoad.collector)}

Over ${whole(soak.seconds)} s and ${whole(soak.events)} events of 20,000 users the process held
${megabytes(soak.begin)} MB at the start, ${megabytes(soak.afterTenth)} MB after a tenth of the time, and ${megabytes(soak.end)} MB at the end.

## Time to value over ${whole(history.events)} events

${whole(history.users)} users; \`/api/overview\` with the distribution for every milestone.

| | |
| --- | --: |
| \`firstvalue import\` | ${whole(history.events / history.importSeconds)} events a second |
| database | ${megabytes(history.bytes)} MB, ${whole(history.bytes / history.events)} bytes an event |
| from starting the process to the answer | ${history.coldSeconds.toFixed(1)} s |
| the first time, or after a new version, when all events are read | ${history.readSeconds.toFixed(1)} s |
| to stop, and keep what is known in a file of ${megabytes(history.kept)} MB | ${history.stopSeconds.toFixed(1)} s |
| from what is kept up to date, median | ${history.warmMedianMs.toFixed(0)} ms |
| longest of 20 | ${history.warmLongestMs.toFixed(0)} ms |
| memory of the process | ${megabytes(history.memory)} MB |
| the most memory while all events are read | ${megabytes(history.readMemory)} MB |
`;
}
