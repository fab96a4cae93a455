/** Gambit's `.agg`: action-graph games (Jiang, Leyton-Brown & Bhat 2011), read and written out as the normal form they stand for. */

import type { RationalNumber } from "./field.ts";
import { attempt, tokensOf, type GameProblem, type GambitToken, type Tokens } from "./gambit-tokens.ts";
import { cellsIn, strategiesAt, type NormalForm } from "./normal-form.ts";

/** Larger games are refused: an action graph is small where its normal form is not. */
const mostCells = 100_000;
const mostPlayers = 26;
const mostNodes = 10_000;

/** How a function node counts: from its neighbours' counts, by the type in the file. */
type Signature = (neighbours: readonly number[], counts: readonly number[]) => number;

interface ActionGraph {
  readonly actions: number;
  /** By node, action nodes first. */
  readonly neighbours: readonly (readonly number[])[];
  /** By function node. */
  readonly signatures: readonly Signature[];
}

/** True for a text that says it is such a game, or its Bayesian kind. */
export function isActionGraph(source: string): boolean {
  return /^[\s\uFEFF]*#B?AGG\b/.test(source);
}

/** The game in normal form, or null and what is wrong. Never throws. */
export function readAgg(source: string): readonly [NormalForm<RationalNumber> | null, readonly GameProblem[]] {
  return attempt(() => {
    // Comments become blanks, square brackets the braces that the tokens know: every place stays what it is.
    const text = source
      .replaceAll(/^[ \t\uFEFF]*#.*$/gm, (line) => " ".repeat(line.length))
      .replaceAll("[", "{")
      .replaceAll("]", "}");
    const tokens = tokensOf(text);
    if (/^[\s\uFEFF]*#BAGG\b/.test(source))
      tokens.fail(tokens.peek(), "Bayesian action-graph games (#BAGG) are not read", "the game as .efg or .nfg");
    const n = tokens.whole("the number of players", 1);
    if (n > mostPlayers) tokens.fail(tokens.peek(), `there are ${n} players`, `from 1 to ${mostPlayers}`);
    const actions = tokens.whole("the number of action nodes", 1);
    const functions = tokens.whole("the number of function nodes", 0);
    if (actions + functions > mostNodes) tokens.fail(tokens.peek(), `the graph has more than ${mostNodes} nodes`);
    const sizes = repeat(n, (i) => tokens.whole(`the number of player ${i + 1}'s actions`, 1));
    if (sizes.some((size) => size > actions))
      tokens.fail(tokens.peek(), `a player has more actions than there are action nodes`, `at most ${actions}`);
    if (cellsIn(sizes) > mostCells)
      tokens.fail(tokens.peek(), `the game has more than ${mostCells} cells in normal form`);
    const sets = sizes.map((size, i) => readActionSet(tokens, i, size, actions));
    const neighbours = repeat(actions + functions, (v) => readNeighbours(tokens, v, actions + functions));
    const signatures = repeat(functions, (p) =>
      readSignature(tokens, neighbours[actions + p] as readonly number[], actions, functions),
    );
    const graph: ActionGraph = { actions, neighbours, signatures };
    const order = functionOrder(graph, tokens);
    const cells = Array.from({ length: cellsIn(sizes) }, (_, cell) => {
      const chosen = strategiesAt(sizes, cell).map((s, i) => (sets[i] as readonly number[])[s] as number);
      return { chosen, counts: countsOf(graph, order, chosen) };
    });
    const payoffs = repeat(actions, (s) => {
      const own = neighbours[s] as readonly number[];
      const played = cells.filter((c) => c.chosen.includes(s)).map((c) => own.map((v) => c.counts[v] as number));
      return readPayoffs(tokens, s, own.length, played);
    });
    const rest = tokens.next();
    if (rest.kind !== "end") tokens.fail(rest, `'${rest.text}' stands after the payoffs of the last action node`);
    return {
      title: "",
      comment: "",
      players: sets.map((set, i) => ({ name: `Player ${i + 1}`, strategies: set.map(String) })),
      payoffs: repeat(n, (i) =>
        cells.map(({ chosen, counts }) => {
          const s = chosen[i] as number;
          const key = (neighbours[s] as readonly number[]).map((v) => counts[v]).join(" ");
          return (
            payoffs[s]?.get(key) ??
            tokens.fail(rest, `action node ${s} has no payoff for the configuration [${key}], which can come about`)
          );
        }),
      ),
    };
  });
}

function repeat<T>(times: number, make: (i: number) => T): T[] {
  return Array.from({ length: times }, (_, i) => make(i));
}

function readActionSet(tokens: Tokens, player: number, size: number, actions: number): readonly number[] {
  let before = -1;
  return repeat(size, () => {
    const at = tokens.peek();
    const node = tokens.whole(`an action node of player ${player + 1}`, 0);
    if (node >= actions) tokens.fail(at, `there is no action node ${node}`, `from 0 to ${actions - 1}`);
    if (node <= before) tokens.fail(at, `the actions of player ${player + 1} do not ascend`, "them in ascending order");
    before = node;
    return node;
  });
}

function readNeighbours(tokens: Tokens, node: number, nodes: number): readonly number[] {
  const at = tokens.peek();
  const size = tokens.whole(`the number of neighbours of node ${node}`, 0);
  if (size > nodes) tokens.fail(at, `node ${node} has more neighbours than there are nodes`, `at most ${nodes}`);
  return repeat(size, () => {
    const place = tokens.peek();
    const neighbour = tokens.whole(`a neighbour of node ${node}`, 0);
    if (neighbour >= nodes) tokens.fail(place, `there is no node ${neighbour}`, `from 0 to ${nodes - 1}`);
    return neighbour;
  });
}

/** Types 0 to 3 count, ask whether any is chosen, and name the last or first chosen; 10 to 13 do so with weights and a default. */
function readSignature(tokens: Tokens, neighbours: readonly number[], actions: number, functions: number): Signature {
  const at = tokens.peek();
  const type = tokens.whole("the type of a function node", 0);
  if (neighbours.length === 0) tokens.fail(at, "a function node has no neighbour", "one at least");
  const none = actions + functions;
  const chosen = (own: readonly number[], counts: readonly number[]): readonly number[] =>
    own.filter((_, i) => counts[i] !== 0);
  const total = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  switch (type) {
    case 0:
      return (_, counts) => total(counts);
    case 1:
      return (_, counts) => (total(counts) > 0 ? 1 : 0);
    case 2:
      return (own, counts) => chosen(own, counts).toSorted((a, b) => b - a)[0] ?? none;
    case 3:
      return (own, counts) => chosen(own, counts).toSorted((a, b) => a - b)[0] ?? none;
  }
  if (type < 10 || type > 13)
    return tokens.fail(at, `there is no type ${type} of function node`, "0 to 3, or 10 to 13");
  if (neighbours.some((v) => v >= actions))
    tokens.fail(at, "a function node with weights has a neighbour that is no action node, and so no weight");
  const otherwise = readInteger(tokens, "the default value");
  tokens.brace("{", "before the weights (a square bracket in the file)");
  const weights = repeat(actions, (s) => readInteger(tokens, `the weight of action node ${s}`));
  tokens.brace("}", `after ${actions} weights (a square bracket in the file)`);
  const weigh = (own: readonly number[], counts: readonly number[]): number =>
    own.reduce((sum, v, i) => sum + (weights[v] as number) * (counts[i] as number), otherwise);
  const weightOf = (node: number | undefined): number => (node === undefined ? otherwise : (weights[node] as number));
  switch (type) {
    case 10:
      return weigh;
    case 11:
      return (own, counts) => (weigh(own, counts) > 0 ? 1 : 0);
    case 12:
      return (own, counts) => weightOf(chosen(own, counts).toSorted((a, b) => b - a)[0]);
    default:
      return (own, counts) => weightOf(chosen(own, counts).toSorted((a, b) => a - b)[0]);
  }
}

function readInteger(tokens: Tokens, what: string): number {
  const at: GambitToken = tokens.peek();
  const value = Number(tokens.number(what).valueOf());
  if (!Number.isSafeInteger(value)) tokens.fail(at, `${what} is no whole number`, "a whole number");
  return value;
}

/** Function nodes, each behind those it counts. */
function functionOrder({ actions, neighbours, signatures }: ActionGraph, tokens: Tokens): readonly number[] {
  const order: number[] = [];
  const left = new Set(signatures.map((_, p) => actions + p));
  while (left.size > 0) {
    const ready = [...left].filter((v) => !(neighbours[v] as readonly number[]).some((u) => left.has(u)));
    if (ready.length === 0) return tokens.fail(tokens.peek(), "function nodes count one another in a ring");
    for (const v of ready) {
      order.push(v);
      left.delete(v);
    }
  }
  return order;
}

/** Of every node, how often it is chosen, or what its function gives. */
function countsOf(
  { actions, neighbours, signatures }: ActionGraph,
  order: readonly number[],
  chosen: readonly number[],
): readonly number[] {
  const counts = Array.from({ length: neighbours.length }, () => 0);
  for (const s of chosen) counts[s] = (counts[s] as number) + 1;
  for (const v of order) {
    const own = neighbours[v] as readonly number[];
    counts[v] = (signatures[v - actions] as Signature)(
      own,
      own.map((u) => counts[u] as number),
    );
  }
  return counts;
}

/** By configuration, its counts with blanks between: listed in order of all that can come about (type 0), or each with its counts (type 1). */
function readPayoffs(
  tokens: Tokens,
  node: number,
  width: number,
  played: readonly (readonly number[])[],
): ReadonlyMap<string, RationalNumber> {
  const at = tokens.peek();
  const type = tokens.whole(`the type of the payoffs of action node ${node}`, 0);
  const found = new Map<string, RationalNumber>();
  if (type === 0) {
    const all = new Map(played.map((c) => [c.join(" "), c]));
    const inOrder = [...all.values()].toSorted((a, b) => {
      const place = a.findIndex((x, i) => x !== b[i]);
      return place < 0 ? 0 : (a[place] as number) - (b[place] as number);
    });
    for (const c of inOrder)
      found.set(c.join(" "), tokens.number(`a payoff of action node ${node}, which has ${inOrder.length},`));
    return found;
  }
  if (type !== 1) tokens.fail(at, `there is no type ${type} of payoffs`, "0 or 1");
  const rows = tokens.whole(`the number of configurations of action node ${node}`, 0);
  for (let row = 0; row < rows; row++) {
    tokens.brace("{", "before a configuration (a square bracket in the file)");
    const counts = repeat(width, () => readInteger(tokens, `a count of a configuration of action node ${node}`));
    tokens.brace("}", `after ${width} counts (a square bracket in the file)`);
    found.set(counts.join(" "), tokens.number(`the payoff of a configuration of action node ${node}`));
  }
  return found;
}
