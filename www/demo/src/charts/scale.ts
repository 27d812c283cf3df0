/** Maps values to pixels along a straight line. */
export interface Scale {
  (value: number): number;
  /** Round values for the axis. */
  ticks: number[];
}

/** An axis over all of `values`, widened to round numbers. `room` is its length in pixels. */
export function axis(values: number[], room: number, { fromZero = true, count = 4 } = {}): Scale {
  const low = Math.min(...values, fromZero ? 0 : Infinity);
  const high = Math.max(...values, fromZero ? 0 : -Infinity);
  const step = niceStep((high - low || Math.abs(high) || 1) / count);
  const start = Math.floor(low / step) * step;
  const end = Math.ceil(high / step) * step || step;
  const ticks: number[] = [];
  for (let tick = start; tick <= end + step / 2; tick += step) ticks.push(tick);
  // Upwards on the screen is towards smaller numbers.
  return Object.assign((value: number) => room - ((value - start) / (end - start)) * room, { ticks });
}

/** The smallest of 1, 2, 2.5 or 5 times a power of ten that is not below `step`. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= step * 0.999);
  return (factor ?? 10) * power;
}

/** Which labels of `count` fit, evenly spaced and ending with the last. */
export function labelled(count: number, room: number, labelWidth = 76): number[] {
  const every = Math.max(1, Math.ceil((count * labelWidth) / Math.max(room, 1)));
  const indices: number[] = [];
  for (let index = count - 1; index >= 0; index -= every) indices.unshift(index);
  return indices;
}
