/** Gambit's `.efg` (version 2): games in extensive form, read and written. */

import { compareNumbers, exact, sumOf, type RationalNumber } from "./field.ts";
import {
  attempt,
  quote,
  tokensOf,
  fileNumber,
  writtenRational,
  type GameProblem,
  type GambitToken,
  type Tokens,
} from "./gambit-tokens.ts";
import type { ExtensiveForm, InformationSet, TreeNode } from "./extensive.ts";
import { readQuotedNames } from "./nfg.ts";

/** Larger and deeper trees are refused. */
const mostNodes = 200_000;
const mostDepth = 500;

interface Reading {
  readonly tokens: Tokens;
  readonly players: number;
  nodes: number;
  readonly sets: InformationSet[];
  /** `player number`: index into `sets`. */
  readonly setAt: Map<string, number>;
  readonly chances: Map<
    number,
    { readonly label: string; readonly moves: readonly { label: string; chance: RationalNumber }[] }
  >;
  readonly outcomes: Map<number, readonly RationalNumber[]>;
}

/** The game, or null and what is wrong. Never throws. */
export function readEfg(source: string): readonly [ExtensiveForm<RationalNumber> | null, readonly GameProblem[]] {
  return attempt(() => {
    const tokens = tokensOf(source);
    const head = tokens.next();
    if (head.text !== "EFG") tokens.fail(head, "a game in extensive form begins with EFG", 'EFG 2 R "title" { … }');
    const version = tokens.next();
    if (version.text !== "2") tokens.fail(version, `version ${version.text} of EFG is not known`, "EFG 2");
    const type = tokens.next();
    if (type.text !== "R" && type.text !== "D") tokens.fail(type, "the type of numbers is wanted here", "R");
    const title = tokens.text("the title");
    const players = readQuotedNames(tokens, "the players");
    if (players.length === 0) tokens.fail(tokens.peek(), "there is no player", '{ "name" }');
    const comment = tokens.peek().kind === "text" ? tokens.text("a comment") : "";
    const reading: Reading = {
      tokens,
      players: players.length,
      nodes: 0,
      sets: [],
      setAt: new Map(),
      chances: new Map(),
      outcomes: new Map(),
    };
    const root = readNode(reading, 0);
    const rest = tokens.next();
    if (rest.kind !== "end") tokens.fail(rest, `'${rest.text}' stands after the last node of the tree`);
    return { title, comment, players, sets: reading.sets, root };
  });
}

function readNode(r: Reading, depth: number): TreeNode<RationalNumber> {
  const { tokens } = r;
  const token = tokens.next();
  if (++r.nodes > mostNodes) tokens.fail(token, `the tree has more than ${mostNodes} nodes`);
  if (depth > mostDepth) tokens.fail(token, `the tree is more than ${mostDepth} moves deep`);
  switch (token.text) {
    case "t": {
      const label = tokens.text("the name of the node");
      return { kind: "terminal", label, payoffs: readOutcome(r) };
    }
    case "c": {
      const label = tokens.text("the name of the node");
      const set = readChance(r);
      const payoffs = readOutcome(r);
      const moves = set.moves.map((m) => ({ ...m, next: readNode(r, depth + 1) }));
      return { kind: "chance", label: label === "" ? set.label : label, moves, payoffs };
    }
    case "p": {
      const label = tokens.text("the name of the node");
      const set = readSet(r);
      const payoffs = readOutcome(r);
      const next = (r.sets[set]?.actions ?? []).map(() => readNode(r, depth + 1));
      return { kind: "decision", label, set, next, payoffs };
    }
    default:
      return tokens.fail(
        token,
        token.kind === "end" ? "the file ends before the tree does" : `'${token.text}' begins no node`,
        "c for a chance move, p for a player's, t for an end",
      );
  }
}

function readChance(r: Reading): {
  readonly label: string;
  readonly moves: readonly { label: string; chance: RationalNumber }[];
} {
  const { tokens } = r;
  const token = tokens.peek();
  const number = tokens.whole("the number of the chance move's information set", 1);
  const label = tokens.peek().kind === "text" ? tokens.text("its name") : "";
  if (tokens.peek().kind !== "{")
    return (
      r.chances.get(number) ??
      tokens.fail(token, `chance set ${number} has not been described yet`, '{ "a" 1/2 "b" 1/2 }')
    );
  tokens.brace("{", "before the moves");
  const moves: { label: string; chance: RationalNumber }[] = [];
  while (tokens.peek().kind !== "}") {
    const name = tokens.text("the name of a move");
    const place = tokens.peek();
    const chance = tokens.number(`the chance of '${name}'`);
    if (exact.sign(chance) < 0) tokens.fail(place, `the chance of '${name}' is below 0`, "from 0 to 1");
    moves.push({ label: name, chance });
  }
  tokens.next();
  if (moves.length === 0) tokens.fail(token, `chance set ${number} has no move`);
  const total = sumOf(
    exact,
    moves.map((m) => m.chance),
  );
  // Files with decimals write thirds as 0.333333: what is within rounding is brought to 1, what is not is refused.
  if (Math.abs(total.valueOf() - 1) > 1e-4)
    tokens.fail(token, `the chances of set ${number} add up to ${writtenRational(total)}`, "chances that add up to 1");
  const known = r.chances.get(number);
  const set = { label, moves: moves.map((m) => ({ ...m, chance: exact.div(m.chance, total) })) };
  if (known !== undefined) {
    const isSame =
      known.moves.length === set.moves.length &&
      known.moves.every(
        (m, i) => m.label === set.moves[i]?.label && compareNumbers(exact, m.chance, set.moves[i].chance) === 0,
      );
    return isSame ? known : tokens.fail(token, `chance set ${number} is described a second time, and otherwise`);
  }
  r.chances.set(number, set);
  return set;
}

function readSet(r: Reading): number {
  const { tokens } = r;
  const place = tokens.peek();
  const player = tokens.whole("the number of a player", 1);
  if (player > r.players) tokens.fail(place, `there is no player ${player}`, `from 1 to ${r.players}`);
  const token = tokens.peek();
  const number = tokens.whole("the number of an information set", 1);
  const key = `${player} ${number}`;
  const known = r.setAt.get(key);
  const label = tokens.peek().kind === "text" ? tokens.text("the name of the set") : null;
  if (tokens.peek().kind !== "{")
    return (
      known ??
      tokens.fail(token, `information set ${number} of player ${player} has not been described yet`, '{ "a" "b" }')
    );
  const actions = readQuotedNames(tokens, "the actions");
  if (actions.length === 0) tokens.fail(token, `information set ${number} of player ${player} has no action`);
  if (known !== undefined) {
    const before = r.sets[known]?.actions ?? [];
    if (before.length !== actions.length || before.some((a, i) => a !== actions[i]))
      tokens.fail(
        token,
        `information set ${number} of player ${player} is described a second time, with other actions`,
      );
    return known;
  }
  r.sets.push({ player: player - 1, label: label ?? "", actions });
  r.setAt.set(key, r.sets.length - 1);
  return r.sets.length - 1;
}

/** `0`, `3`, or `3 "name" { 1, 2 }`; null for none. */
function readOutcome(r: Reading): readonly RationalNumber[] | null {
  const { tokens } = r;
  const token: GambitToken = tokens.peek();
  const number = tokens.whole("the number of an outcome", 0);
  if (tokens.peek().kind === "text") tokens.text("the name of the outcome");
  if (tokens.peek().kind !== "{") {
    if (number === 0) return null;
    return (
      r.outcomes.get(number) ?? tokens.fail(token, `outcome ${number} has not been described yet`, `${number} "" { … }`)
    );
  }
  tokens.brace("{", "before the payoffs");
  const payoffs = Array.from({ length: r.players }, () => tokens.number("a payoff"));
  tokens.brace("}", `after the payoffs of ${r.players} players`);
  if (number === 0) return payoffs;
  const known = r.outcomes.get(number);
  if (known !== undefined && known.some((v, i) => compareNumbers(exact, v, payoffs[i] as RationalNumber) !== 0))
    tokens.fail(token, `outcome ${number} is described a second time, with other payoffs`);
  r.outcomes.set(number, payoffs);
  return payoffs;
}

/** Every node in full. Outcomes are numbered in order; chance sets one to a node. */
export function writeEfg(game: ExtensiveForm<RationalNumber>): string {
  const numbers = numbersOf(game.sets);
  const lines = [`EFG 2 R ${quote(game.title)} { ${game.players.map(quote).join(" ")} }`, quote(game.comment), ""];
  let outcomes = 0;
  let chances = 0;
  const outcome = (payoffs: readonly RationalNumber[] | null): string =>
    payoffs === null ? "0" : `${++outcomes} "" { ${payoffs.map(fileNumber).join(", ")} }`;
  const write = (node: TreeNode<RationalNumber>): void => {
    switch (node.kind) {
      case "terminal":
        lines.push(`t ${quote(node.label)} ${outcome(node.payoffs)}`);
        return;
      case "chance": {
        const moves = node.moves.map((m) => `${quote(m.label)} ${fileNumber(m.chance)}`).join(" ");
        lines.push(`c ${quote(node.label)} ${++chances} "" { ${moves} } ${outcome(node.payoffs)}`);
        for (const m of node.moves) write(m.next);
        return;
      }
      case "decision": {
        const set = game.sets[node.set] as InformationSet;
        lines.push(
          `p ${quote(node.label)} ${set.player + 1} ${numbers[node.set] ?? 1} ${quote(set.label)} { ${set.actions.map(quote).join(" ")} } ${outcome(node.payoffs)}`,
        );
        for (const next of node.next) write(next);
      }
    }
  };
  write(game.root);
  return `${lines.join("\n")}\n`;
}

/** From 1 within each player. */
function numbersOf(sets: readonly InformationSet[]): readonly number[] {
  const count = new Map<number, number>();
  return sets.map(({ player }) => {
    const own = (count.get(player) ?? 0) + 1;
    count.set(player, own);
    return own;
  });
}
