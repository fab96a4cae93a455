/** Moves labels apart so that none meets another. */

/**
 * Places in the order given, each at least `gap` from its neighbours and within low..high as far as there is room, moved as little as may be:
 * labels that meet are set in a row around the mean of where they would stand.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): readonly number[] {
  interface Run {
    readonly members: readonly number[];
    readonly first: number;
  }
  const clamp = (first: number, n: number): number => Math.max(low, Math.min(high - (n - 1) * gap, first));
  const order = wanted.map((_, i) => i).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
  const made: Run[] = [];
  for (const i of order) {
    let run: Run = { members: [i], first: clamp(wanted[i] ?? 0, 1) };
    for (
      let last = made.at(-1);
      last !== undefined && run.first < last.first + last.members.length * gap;
      last = made.at(-1)
    ) {
      made.pop();
      const members = [...last.members, ...run.members];
      const centre = members.reduce((sum, m, k) => sum + (wanted[m] ?? 0) - k * gap, 0) / members.length;
      run = { members, first: clamp(centre, members.length) };
    }
    made.push(run);
  }
  const places = wanted.map(() => 0);
  for (const run of made) run.members.forEach((m, k) => (places[m] = run.first + k * gap));
  return places;
}
