/** Gambit's `.nfg`: games in normal form, read in both forms (payoffs, outcomes) and written. */

import { exact, type RationalNumber } from "./field.ts";
import { attempt, quote, tokensOf, fileNumber, type GameProblem, type Tokens } from "./gambit-tokens.ts";
import { cellsIn, shapeOf, type NormalForm, type NormalPlayer } from "./normal-form.ts";

/** Larger games are refused. */
const mostCells = 1_000_000;
const mostPlayers = 26;

/** The game, or null and what is wrong. Never throws. */
export function readNfg(source: string): readonly [NormalForm<RationalNumber> | null, readonly GameProblem[]] {
  return attempt(() => {
    const tokens = tokensOf(source);
    const head = tokens.next();
    if (head.text !== "NFG") tokens.fail(head, "a game in normal form begins with NFG", 'NFG 1 R "title" { … }');
    const version = tokens.next();
    if (version.kind === "end") tokens.fail(version, "the file ends behind NFG", 'NFG 1 R "title" { … }');
    if (version.text !== "1") tokens.fail(version, `version ${version.text} of NFG is not known`, "NFG 1");
    const type = tokens.next();
    if (type.text !== "R" && type.text !== "D") tokens.fail(type, "the type of numbers is wanted here", "R");
    const title = tokens.text("the title");
    const names = readQuotedNames(tokens, "the players");
    if (names.length === 0 || names.length > mostPlayers)
      tokens.fail(tokens.peek(), `there are ${names.length} players`, `from 1 to ${mostPlayers}`);
    const players = readStrategies(tokens, names);
    const shape = players.map((p) => p.strategies.length);
    if (cellsIn(shape) > mostCells) tokens.fail(tokens.peek(), `the game has more than ${mostCells} cells`);
    const comment = tokens.peek().kind === "text" ? tokens.text("a comment") : "";
    const payoffs =
      tokens.peek().kind === "{"
        ? readOutcomes(tokens, players.length, cellsIn(shape))
        : readPayoffs(tokens, players.length, cellsIn(shape));
    const rest = tokens.next();
    if (rest.kind !== "end") tokens.fail(rest, `'${rest.text}' stands after the last of ${cellsIn(shape)} cells`);
    return { title, comment, players, payoffs };
  });
}

export function readQuotedNames(tokens: Tokens, what: string): readonly string[] {
  tokens.brace("{", `before ${what}`);
  const names: string[] = [];
  while (tokens.peek().kind !== "}") names.push(tokens.text(`the name of one of ${what}`));
  tokens.next();
  return names;
}

/** `{ 3 2 }`, or `{ { "a" "b" "c" } { "x" "y" } }`. */
function readStrategies(tokens: Tokens, names: readonly string[]): readonly NormalPlayer[] {
  tokens.brace("{", "before the strategies");
  const players = names.map((name) => {
    if (tokens.peek().kind === "{") {
      const strategies = readQuotedNames(tokens, `${name}'s strategies`);
      if (strategies.length === 0) tokens.fail(tokens.peek(), `${name} has no strategy`);
      return { name, strategies };
    }
    const count = tokens.whole(`the number of ${name}'s strategies`, 1);
    if (count > mostCells) tokens.fail(tokens.peek(), `${name} has more than ${mostCells} strategies`);
    return { name, strategies: Array.from({ length: count }, (_, s) => String(s + 1)) };
  });
  tokens.brace("}", "after the strategies of every player");
  return players;
}

function readPayoffs(tokens: Tokens, players: number, cells: number): readonly (readonly RationalNumber[])[] {
  const payoffs: RationalNumber[][] = Array.from({ length: players }, () => []);
  for (let cell = 0; cell < cells; cell++)
    for (const own of payoffs) own.push(tokens.number(`a payoff of cell ${cell + 1} of ${cells}`));
  return payoffs;
}

/** Outcomes with their payoffs, then the number of an outcome for each cell; 0 stands for none, which pays nothing. */
function readOutcomes(tokens: Tokens, players: number, cells: number): readonly (readonly RationalNumber[])[] {
  const outcomes: (readonly RationalNumber[])[] = [Array.from({ length: players }, () => exact.zero)];
  tokens.brace("{", "before the outcomes");
  while (tokens.peek().kind !== "}") {
    tokens.brace("{", "before an outcome");
    tokens.text("the name of an outcome");
    outcomes.push(Array.from({ length: players }, () => tokens.number("a payoff of an outcome")));
    tokens.brace("}", `after ${players} payoffs`);
  }
  tokens.next();
  const payoffs: RationalNumber[][] = Array.from({ length: players }, () => []);
  for (let cell = 0; cell < cells; cell++) {
    const token = tokens.peek();
    const number = tokens.whole(`the number of an outcome for cell ${cell + 1} of ${cells}`, 0);
    const found =
      outcomes[number] ?? tokens.fail(token, `there is no outcome ${number}`, `from 0 to ${outcomes.length - 1}`);
    payoffs.forEach((own, p) => own.push(found[p] as RationalNumber));
  }
  return payoffs;
}

/** In the payoff form, with the names of strategies. */
export function writeNfg(game: NormalForm<RationalNumber>): string {
  const cells = cellsIn(shapeOf(game));
  const line = (cell: number): string => game.payoffs.map((own) => fileNumber(own[cell] as RationalNumber)).join(" ");
  return [
    `NFG 1 R ${quote(game.title)} { ${game.players.map((p) => quote(p.name)).join(" ")} }`,
    "",
    `{ ${game.players.map((p) => `{ ${p.strategies.map(quote).join(" ")} }`).join("\n")}\n}`,
    quote(game.comment),
    "",
    ...Array.from({ length: cells }, (_, cell) => line(cell)),
    "",
  ].join("\n");
}
