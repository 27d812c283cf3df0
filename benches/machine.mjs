// What was measured on, and how rounds become one figure.

import { cpus, totalmem } from "node:os";

/** The machine by what matters to the figures. */
export function machine() {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${processors.length} cores, ${processors[0].model.trim()}, ${memory} GB`;
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
