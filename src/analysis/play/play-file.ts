/** Solves the game in a file, or says what is wrong with it by line; writes games as files too. */

import { readEfg, writeEfg } from "#game/efg.ts";
import { forgetful, mapTree, type ExtensiveForm } from "#game/extensive.ts";
import { exact, type RationalNumber } from "#game/field.ts";
import { rationalIn, writtenRational, type GameProblem } from "#game/gambit-tokens.ts";
import { readNfg, writeNfg } from "#game/nfg.ts";
import { mapPayoffs, type NormalForm } from "#game/normal-form.ts";
import { reducedForm } from "#game/reduced.ts";
import { solveNormal, type NormalSolved } from "#game/solve-normal.ts";
import { solveTree, type TreeSolved } from "#game/solve-tree.ts";

export type FileGame =
  | { readonly form: "extensive"; readonly game: ExtensiveForm<RationalNumber>; readonly solved: TreeSolved }
  | { readonly form: "normal"; readonly game: NormalForm<RationalNumber>; readonly solved: NormalSolved };

/** Information sets, cells: what is solved in a sitting. */
const mostPlaces = 400;
const mostCells = 200_000;

/** By the head of the file: EFG or NFG. Exact rationals. */
export function solveFile(source: string): readonly [FileGame | null, readonly GameProblem[]] {
  const wrong = (message: string): readonly [null, readonly GameProblem[]] => [
    null,
    [{ line: 1, column: 1, message, instead: null }],
  ];
  if (/^[\s\uFEFF]*NFG\b/.test(source)) {
    const [game, problems] = readNfg(source);
    if (game === null) return [null, problems];
    if ((game.payoffs[0]?.length ?? 0) > mostCells)
      return wrong(`the game has more than ${mostCells} cells: too large to be solved here`);
    return [{ form: "normal", game, solved: solveNormal(exact, game, writtenRational) }, []];
  }
  const [game, problems] = readEfg(source);
  if (game === null) return [null, problems];
  const forgets = forgetful(game);
  if (forgets !== null)
    return wrong(
      `${game.players[forgets] ?? "a player"} does not recall its own earlier moves; the solvers need perfect recall`,
    );
  const places = game.sets.reduce((n, s) => n + s.actions.length, 0);
  if (places > mostPlaces)
    return wrong(`the game has ${places} actions at its information sets; more than ${mostPlaces} are not solved here`);
  return [{ form: "extensive", game, solved: solveTree(exact, game, writtenRational) }, []];
}

/** As `.efg`, every double with all its digits. */
export function treeAsEfg(game: ExtensiveForm<number>): string {
  return writeEfg({ ...game, root: mapTree(game.root, rational) });
}

/** As `.nfg`: the reduced normal form of a tree. Null where it has too many cells. */
export function treeAsNfg(game: ExtensiveForm<number>): string | null {
  const reduced = reducedForm(exact, { ...game, root: mapTree(game.root, rational) }, mostCells);
  return reduced === null ? null : writeNfg(reduced.game);
}

export function fileAsEfg(file: FileGame): string | null {
  return file.form === "extensive" ? writeEfg(file.game) : null;
}

export function fileAsNfg(file: FileGame): string | null {
  if (file.form === "normal") return writeNfg(mapPayoffs(file.game, (v) => v));
  const reduced = reducedForm(exact, file.game, mostCells);
  return reduced === null ? null : writeNfg(reduced.game);
}

function rational(value: number): RationalNumber {
  return rationalIn(String(value)) ?? exact.of(value);
}
