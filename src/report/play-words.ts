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

/** A probability: as an exact fraction where there is one. */
export function chanceText(s: Solution, owner: number, action: number): string {
  const fraction = s.exact?.[owner]?.[action];
  return fraction ?? grouped(s.profile[owner]?.[action] ?? Number.NaN, 3);
}

/** `attack`, or `attack 1/3, hold 2/3`. */
export function mixText(s: Solution, owner: number, actions: readonly string[]): string {
  const used = actions.flatMap((name, a) => ((s.profile[owner]?.[a] ?? 0) > 0 ? [{ name, a }] : []));
  const [only] = used;
  if (used.length === 1 && only !== undefined) return only.name;
  return used.map(({ name, a }) => `${name} ${chanceText(s, owner, a)}`).join(", ");
}
