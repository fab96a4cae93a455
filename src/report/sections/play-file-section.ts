/** Writes a solved game file: equilibria by kind, each with its regret and whether there are more. */

import { heading, inGroups, say, tableOf, type Block } from "./blocks.ts";
import type { FileGame } from "#analysis/play/play-file.ts";
import { endPayoffs, mapTree, type ExtensiveForm } from "#game/extensive.ts";
import { approximate, nearestDouble, type RationalNumber } from "#game/field.ts";
import type { GameProblem } from "#game/gambit-tokens.ts";
import { rangesOf } from "#game/normal-form.ts";
import type { Solution, SolutionList } from "#game/solution.ts";
import { emptyThreats } from "#game/threats.ts";
import { printable } from "../render/lines.ts";
import { grouped, listed, ofHundred } from "../words/numbers.ts";
import { distinctNames, kindText, listText, mixText, payoffText, regretText } from "../words/play-words.ts";

/** `west.efg:3:14: what is wrong; write …` */
export function problemText(file: string, p: GameProblem): string {
  return `${file}:${p.line}:${p.column}: ${p.message}${p.instead === null ? "" : `; write ${p.instead}`}\n`;
}

export function playFileBlocks(file: FileGame): readonly Block[] {
  const owners = ownersOf(file);
  const ranges = rangesIn(file);
  const lists =
    file.form === "normal"
      ? [file.solved.nash]
      : [file.solved.subgamePerfect, file.solved.sequential, file.solved.nash].flatMap((l) => l ?? []);
  const parts: (readonly Block[])[] = [
    [
      heading(file.game.title === "" ? "A game without a title" : file.game.title),
      ...(file.game.comment === "" ? [] : [say(file.game.comment)]),
    ],
  ];
  if (file.form === "normal" && file.solved.dominated.length > 0)
    parts.push([
      say(
        `Strictly dominated, and in no equilibrium: ${listed(file.solved.dominated.map((d) => `${owners[d.player]?.name ?? ""}'s ${owners[d.player]?.actions[d.strategy] ?? ""} (round ${d.round})`))}.`,
      ),
    ]);
  if (file.form === "normal" && file.solved.isDominanceCut)
    parts.push([
      say(
        "Other strategies may be strictly dominated by a mixture: not all of these were looked for, as that would take too long.",
      ),
    ]);
  for (const list of lists) parts.push(listLines(list, owners, ranges));
  if (file.form === "extensive") parts.push(threatLines(file, owners, ranges));
  parts.push(fanLines(file.solved.logit, owners));
  return inGroups(parts);
}

/** Who decides where, and by what name: a player of a normal form, an information set of a tree. */
function ownersOf(file: FileGame): Owners {
  if (file.form === "normal") {
    const names = distinctNames(file.game.players.map((p) => p.name));
    return file.game.players.map((p, i) => ({ name: names[i] ?? "", actions: distinctNames(p.strategies) }));
  }
  const players = distinctNames(file.game.players);
  const sets = distinctNames(
    file.game.sets.map((s, i) => `${players[s.player] ?? ""} at ${s.label === "" ? i + 1 : s.label}`),
  );
  return file.game.sets.map((s, i) => ({ name: sets[i] ?? "", actions: distinctNames(s.actions) }));
}

/** By player, largest less smallest payoff. */
function rangesIn(file: FileGame): readonly number[] {
  const payoffs =
    file.form === "normal"
      ? file.game.payoffs.map((values) => values.map(nearestDouble))
      : endPayoffs(approximate(0), doublesOf(file.game));
  return rangesOf(approximate(0), payoffs);
}

function doublesOf(game: ExtensiveForm<RationalNumber>): ExtensiveForm<number> {
  return { ...game, root: mapTree(game.root, nearestDouble) };
}

type Owners = readonly { readonly name: string; readonly actions: readonly string[] }[];

/** Profiles told; more than a screen helps nobody. */
const mostTold = 20;

function listLines(list: SolutionList, owners: Owners, ranges: readonly number[]): readonly Block[] {
  const told = list.solutions.slice(0, mostTold).flatMap((s, i) => {
    const moves = owners.map((o, k) => `${o.name}: ${mixText(s, k, o.actions.map(printable))}`).join("; ");
    const what = moves === "" ? "nobody decides" : moves;
    const component = s.component === null || list.complete === "all" ? "" : `, component ${s.component + 1}`;
    return [
      say(
        `${i + 1}. ${what} (payoffs ${s.payoffs.map((v, p) => payoffText(v, ranges[p] ?? 0)).join(", ")}; ${regretText(Math.max(s.regret, list.kind === "nash" ? 0 : (s.localRegret ?? 0)))}${component}).`,
        { indent: 2, hang: 5 },
      ),
    ];
  });
  const more =
    list.solutions.length > mostTold
      ? [say(`… and ${list.solutions.length - mostTold} more (--json has them).`, { indent: 2 })]
      : [];
  return [heading(kindText(list.kind)), say(listText(list), { indent: 2 }), ...told, ...more];
}

function threatLines(
  file: FileGame & { readonly form: "extensive" },
  owners: Owners,
  ranges: readonly number[],
): readonly Block[] {
  const doubles = doublesOf(file.game);
  const players = distinctNames(file.game.players);
  const found = new Set(
    (file.solved.nash?.solutions ?? []).flatMap((s: Solution) =>
      emptyThreats(doubles, s.profile)
        .slice(0, 1)
        .map((t) => {
          const set = file.game.sets[t.set];
          const actions = listed(t.actions.map((a) => owners[t.set]?.actions[a] ?? ""));
          return `An equilibrium needs ${players[t.player] ?? ""} to announce “${actions}”${set === undefined || set.label === "" ? "" : ` at ${set.label}`}. That is not credible: once there, doing so would cost it ${payoffText(t.cost, ranges[t.player] ?? 0)}.`;
        }),
    ),
  );
  return [...found].slice(0, 5).map((text) => say(text));
}

function fanLines(list: SolutionList, owners: Owners): readonly Block[] {
  if (owners.length === 0) return [];
  const points = list.solutions.filter((s) => s.lambda !== 0);
  if (points.length === 0) return [say(`No logit equilibria: ${list.why ?? ""}.`)];
  const rows = owners.flatMap((o, k) =>
    o.actions.map((action, a) => ({
      head: `${a === 0 ? `${o.name}: ` : "    "}${action}`,
      cells: points.map((s) => ofHundred(s.profile[k]?.[a] ?? Number.NaN)),
    })),
  );
  return [
    heading("Logit equilibria: chances in 100 as choices grow sharper"),
    tableOf({ heads: ["λ × payoff range", ...points.map((s) => grouped(s.lambda ?? 0, 0))], rows, align: "right" }, 2),
    ...(list.why === null ? [] : [say(`${list.why}.`, { indent: 2 })]),
  ];
}
