/** Things to time in; seconds out. On a machine that others use, the best of many short repetitions, or the least processor time, is what the work costs. */

/** The best of some repetitions, in seconds. */
export function best(repetitions, work) {
  let least = Infinity;
  for (let i = 0; i < repetitions; i++) {
    const from = process.hrtime.bigint();
    work();
    least = Math.min(least, Number(process.hrtime.bigint() - from) / 1e9);
  }
  return least;
}

/** The least processor time of some repetitions, in seconds: for work too long to be let alone by others. */
export function leastWork(repetitions, work) {
  let least = Infinity;
  for (let i = 0; i < repetitions; i++) {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    least = Math.min(least, (user + system) / 1e6);
  }
  return least;
}

/** The same of work that is awaited. */
export async function leastWorkOf(repetitions, work) {
  let least = Infinity;
  for (let i = 0; i < repetitions; i++) {
    const from = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(from);
    least = Math.min(least, (user + system) / 1e6);
  }
  return least;
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** From the least to the greatest, as parts of the median. */
export function spread(values) {
  const middle = median(values);
  return [Math.min(...values) / middle, Math.max(...values) / middle];
}

export function meanOf(column) {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i];
  return sum / column.length;
}
