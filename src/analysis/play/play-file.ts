/** Solves the game in a file, or says what is wrong with it by line; writes games as files too. */

import { isActionGraph, readAgg } from "#game/agg.ts";
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

/** By the head of the file: EFG, NFG, an action graph (#AGG), or a workbook of Gambit's with one of the first two in it. Exact rationals. */
export function solveFile(file: string): readonly [FileGame | null, readonly GameProblem[]] {
  const wrong = (message: string): readonly [null, readonly GameProblem[]] => [
    null,
    [{ line: 1, column: 1, message, instead: null }],
  ];
  const source = gameInWorkbook(file);
  if (source === null) return wrong("this workbook holds no game: there is no <efgfile> and no <nfgfile> in it");
  if (isActionGraph(source) || /^[\s\uFEFF]*NFG\b/.test(source)) {
    const [game, problems] = isActionGraph(source) ? readAgg(source) : readNfg(source);
    if (game === null) return [null, problems];
    if ((game.payoffs[0]?.length ?? 0) > mostCells)
      return wrong(`the game has more than ${mostCells} cells: too large to be solved here`);
    return [{ form: "normal", game, solved: solveNormal(exact, game, writtenRational) }, []];
  }
  if (!/^[\s\uFEFF]*EFG\b/.test(source))
    return [
      null,
      [{ line: 1, column: 1, message: "this is no game", instead: "a file that begins with EFG, NFG or #AGG" }],
    ];
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

/** The text of the game in a `.gbt`, at the place it has there, which is the text of an `.efg` or `.nfg` between two tags; any other text as it is. */
function gameInWorkbook(file: string): string | null {
  if (!/^[\s\uFEFF]*</.test(file)) return file;
  const found = /<(efgfile|nfgfile)>([^]*?)<\/\1>/.exec(file);
  if (found === null) return null;
  const start = found.index + found[0].indexOf(">") + 1;
  return file.slice(0, start).replaceAll(/[^\n]/g, " ") + (found[2] ?? "");
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
