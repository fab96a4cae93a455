/** The words for solutions of games. */

import type { Complete, Kind, Solution, SolutionList } from "#game/solution.ts";
import { grouped } from "./numbers.ts";

export function kindText(kind: Kind): string {
  switch (kind) {
    case "nash":
      return "Nash equilibria";
    case "subgame-perfect":
      return "Subgame-perfect equilibria";
    case "sequential-candidate":
      return "Sequential candidate";
    case "logit":
      return "Logit equilibria";
  }
}

export function completeText(complete: Complete): string {
  switch (complete) {
    case "all":
      return "all there are";
    case "all-extreme":
      return "all extreme ones; mixtures within a component are equilibria too";
    case "all-pure":
      return "all in pure strategies; of mixed ones there may be more";
    case "some":
      return "there may be more";
  }
}

/** `2 found by support enumeration: all there are.` */
export function listText(list: SolutionList): string {
  const why = list.why === null ? "" : ` (${list.why})`;
  return `${list.solutions.length} found by ${list.method}: ${completeText(list.complete)}${why}.`;
}

/** `0`, or so many thousandths and less. */
export function regretText(regret: number): string {
  if (regret === 0) return "regret 0";
  if (regret < 1e-9) return "regret below 1e-9";
  return `regret ${regret < 1e-3 ? regret.toExponential(1) : grouped(regret, 3)} of the payoff range`;
}

/** Characters of a fraction that people read. */
const longestFraction = 15;

/** A probability: as an exact fraction where there is one. */
function chanceText(s: Solution, owner: number, action: number): string {
  const fraction = s.exact?.[owner]?.[action];
  if (fraction !== undefined && fraction.length <= longestFraction) return fraction;
  const chance = s.profile[owner]?.[action] ?? Number.NaN;
  if (chance === 0) return "almost never";
  return chance < 1e-3 ? chance.toExponential(1) : grouped(chance, 3);
}

/** A chance may be too small for a double and be one all the same. */
function isUsed(s: Solution, owner: number, action: number): boolean {
  const fraction = s.exact?.[owner]?.[action];
  return fraction === undefined ? (s.profile[owner]?.[action] ?? 0) > 0 : fraction !== "0";
}

/** Names that differ: a blank one becomes its number, repeated ones are numbered. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const met = new Map<string, number>();
  return names.map((name, i) => {
    if (name.trim() === "") return `no. ${i + 1}`;
    if (counts.get(name) === 1) return name;
    const nth = (met.get(name) ?? 0) + 1;
    met.set(name, nth);
    return `${name} (${nth})`;
  });
}

/** Decimals that tell payoffs apart to a thousandth of their range; null where so many figures are told by exponent. */
function payoffDecimals(range: number): number | null {
  if (!(range > 0)) return 3;
  const decimals = Math.max(3, 3 - Math.floor(Math.log10(range)));
  return decimals > 12 ? null : decimals;
}

/** A payoff in digits that mean something next to the range of its player's payoffs. */
export function payoffText(value: number, range: number): string {
  const decimals = payoffDecimals(range);
  if (decimals === null || Math.abs(value) >= 1e15) return value === 0 ? "0" : value.toExponential(3);
  return grouped(value, decimals);
}

/** `attack`, or `attack 1/3, hold 2/3`. */
export function mixText(s: Solution, owner: number, actions: readonly string[]): string {
  const used = actions.flatMap((name, a) => (isUsed(s, owner, a) ? [{ name, a }] : []));
  const [only] = used;
  if (used.length === 1 && only !== undefined) return only.name;
  return used.map(({ name, a }) => `${name} ${chanceText(s, owner, a)}`).join(", ");
}
