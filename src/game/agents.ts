/** Games as agents with plays: each information set, or player of a normal form, an agent; what each action is worth to it, and how that moves. */

import { approximate } from "./field.ts";
import { playsOf, type Behaviour, type ExtensiveForm } from "./extensive.ts";
import { cellsIn, shapeOf, strategiesAt, type NormalForm } from "./normal-form.ts";

/** Every action of every agent has one place in a long vector; an agent's own stand side by side. */
export interface Agents {
  /** By agent. */
  readonly agents: readonly { readonly player: number; readonly first: number; readonly actions: number }[];
  readonly places: number;
  readonly plays: readonly {
    /** Places of the actions on the way. */
    readonly path: readonly number[];
    readonly logChance: number;
    /** By player, divided by the player's range. */
    readonly payoffs: readonly number[];
  }[];
  /** By place: the plays that take this action. */
  readonly taking: readonly (readonly number[])[];
}

/**
 * The logarithm that stands for a chance of 0: so rare that it changes no figure, and yet what is behind it is chosen as if it came, as where a chance
 * that small goes to 0.
 */
const never = -2000;

/** A player's payoffs are compared by (payoff − low) · scale: with 1 ÷ range what follows is free of units. */
export interface PayoffScale {
  readonly low: number;
  readonly scale: number;
}

/** Scales by player. Plays behind a chance of 0 have their own, lest what cannot come pay so much more that no path can be followed. */
export function agentsOfTree(
  game: ExtensiveForm<number>,
  scales: readonly PayoffScale[],
  scalesOfNever: readonly PayoffScale[] = scales,
): Agents {
  const first = placesOf(game.sets.map((s) => s.actions.length));
  const place = ({ set, action }: { readonly set: number; readonly action: number }): number =>
    (first[set] as number) + action;
  const plays = playsOf(approximate(0), game).map((p) => ({
    path: p.moves.map(place),
    logChance: Math.log(p.likely) + p.zeros * never,
    payoffs: p.payoffs.map((u, i) => {
      const { low, scale } = (p.zeros > 0 ? scalesOfNever : scales)[i] as PayoffScale;
      return (u - low) * scale;
    }),
  }));
  return assemble(
    game.sets.map((s) => s.player),
    game.sets.map((s) => s.actions.length),
    plays,
  );
}

export function agentsOfNormalForm(game: NormalForm<number>, scales: readonly number[]): Agents {
  const shape = shapeOf(game);
  const first = placesOf(shape);
  const plays = Array.from({ length: cellsIn(shape) }, (_, cell) => ({
    path: strategiesAt(shape, cell).map((s, p) => (first[p] as number) + s),
    logChance: 0,
    payoffs: game.payoffs.map((u, p) => (u[cell] as number) * (scales[p] as number)),
  }));
  return assemble(
    shape.map((_, p) => p),
    shape,
    plays,
  );
}

function placesOf(sizes: readonly number[]): readonly number[] {
  let next = 0;
  return sizes.map((size) => {
    const own = next;
    next += size;
    return own;
  });
}

function assemble(players: readonly number[], sizes: readonly number[], plays: Agents["plays"]): Agents {
  const first = placesOf(sizes);
  const agents = players.map((player, i) => ({ player, first: first[i] as number, actions: sizes[i] as number }));
  const taking: number[][] = sizes.flatMap((size) => Array.from({ length: size }, (): number[] => []));
  plays.forEach((play, index) => {
    for (const place of play.path) taking[place]?.push(index);
  });
  return { agents, places: taking.length, plays, taking };
}

/**
 * What the action at `place` is worth to its agent, given that its set is reached: Σ w u ÷ Σ w over the plays that take it, w the chance of a play
 * without the action's own. Also into `slope` the derivatives by every logarithm of a probability: Σ w (u − value) ÷ Σ w over plays with that
 * action. Weights are taken relative to the largest, so that sets hardly ever reached keep beliefs: those of the limit.
 */
export function actionValue(
  system: Agents,
  logs: Float64Array,
  place: number,
  player: number,
  slope: Float64Array,
): number {
  const through = system.taking[place] ?? [];
  const weights = new Float64Array(through.length);
  let top = -Infinity;
  through.forEach((index, i) => {
    const { path, logChance } = system.plays[index] as Agents["plays"][number];
    let log = logChance;
    for (const other of path) if (other !== place) log += logs[other] as number;
    weights[i] = log;
    top = Math.max(top, log);
  });
  let total = 0;
  let sum = 0;
  through.forEach((index, i) => {
    const w = Math.exp((weights[i] as number) - top);
    weights[i] = w;
    total += w;
    sum += w * (system.plays[index]?.payoffs[player] as number);
  });
  const value = sum / total;
  slope.fill(0);
  through.forEach((index, i) => {
    const { path, payoffs } = system.plays[index] as Agents["plays"][number];
    const change = ((weights[i] as number) * ((payoffs[player] as number) - value)) / total;
    for (const other of path) if (other !== place) slope[other] = (slope[other] as number) + change;
  });
  return value;
}

/** Uniform over each agent's actions, as logarithms. */
export function centreOfPlays(system: Agents): Float64Array {
  const logs = new Float64Array(system.places);
  for (const a of system.agents) logs.fill(-Math.log(a.actions), a.first, a.first + a.actions);
  return logs;
}

export function toBehaviour(system: Agents, logs: Float64Array): Behaviour<number> {
  return system.agents.map((a) => {
    const p = Array.from(logs.subarray(a.first, a.first + a.actions), (l) => Math.exp(l));
    const total = p.reduce((x, y) => x + y, 0);
    return p.map((v) => v / total);
  });
}
