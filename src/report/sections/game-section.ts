/** The section on the choices as a game: the tree, each actor's eyes, what each expected against what comes. */

import type { PatternPlay, PlayFindings, ViewPlay } from "#analysis/play/play.ts";
import type { Model } from "#model/model.ts";
import { captionOf, pictureBlock } from "./figures.ts";
import { equilibriumFan, equilibriumTable } from "../charts/equilibrium-fan.ts";
import { gameTable, gameTree } from "../charts/game-tree.ts";
import type { Block } from "./blocks.ts";
import { expectationTable, fansOf, gameOf } from "./game-figures.ts";
import { grouped, inScale, listed, ofHundred, plural, scaleOf } from "../words/numbers.ts";
import { completeText } from "../words/play-words.ts";
import type { Provenance } from "../words/provenance.ts";
import { bare, spaced } from "../words/words.ts";

export function gameBlocks(model: Model, game: PlayFindings, p: Provenance): readonly Block[] {
  const [play] = game.plays;
  const [pattern] = play?.patterns ?? [];
  if (play === undefined || pattern === undefined) return [];
  const caption = captionOf(p, game, play.view);
  const tree = gameOf(game, play);
  const expected = expectationTable(model, game, play);
  return [
    { kind: "paragraph", text: typesText(pattern) },
    { kind: "list", items: eyesOf(model, game, pattern) },
    { kind: "paragraph", text: solutionText(game, pattern) },
    ...(tree === null
      ? []
      : [
          pictureBlock(
            {
              id: "game-picture",
              title: "The choices as a game",
              subtitle:
                "How often each move is made, in 100, where the better of two moves is likelier but not sure; at each end what it is worth to whom, in its own eyes",
              caption,
            },
            (h, w) => gameTree(tree, h, w),
            gameTable(tree),
          ),
        ]),
    ...(expected === null ? [] : [{ kind: "table" as const, table: expected }]),
    ...surpriseTable(model, game, play),
    ...fansOf(game, play).map(({ choice, data }, i) =>
      pictureBlock(
        {
          id: `equilibria-${i + 1}`,
          title: choice,
          subtitle: "How often each option is chosen, in 100, by how sharply payoffs are told apart",
          caption,
        },
        (h, w) => equilibriumFan(data, h, w),
        equilibriumTable(data),
      ),
    ),
    ...rulesOf(game, pattern),
  ];
}

/** What an actor knows of its own motives decides what it plays; the likeliest of them is told. */
function typesText({ pattern }: PatternPlay): string {
  const on = Object.entries(pattern.claims).filter(([, v]) => v);
  const off = Object.entries(pattern.claims).filter(([, v]) => !v);
  if (on.length + off.length === 0) return "Who plays, and through whose eyes each sees:";
  const truths =
    on.length === 0 ? "none of these is true" : `${listed(on.map(([c]) => c))} ${on.length === 1 ? "is" : "are"} true`;
  return `An actor knows its own motives, so the game differs with them. Told here for the likeliest case under this view (${ofHundred(pattern.chance)} in 100): where ${truths}${off.length === 0 ? "" : `, ${listed(off.map(([c]) => c))} not`}. Who plays, and through whose eyes each sees:`;
}

function eyesOf(model: Model, game: PlayFindings, pattern: PatternPlay): readonly string[] {
  return game.players.map((player, i) => {
    const view = pattern.views[i] ?? "";
    const label = model.views.find((v) => v.name === view)?.label;
    const takes = player.takes.map(({ actor, view: as }) => {
      const other = game.players.find((x) => x.name === actor)?.label ?? actor;
      return `${bare(other)} for “${bare(model.views.find((v) => v.name === as)?.label ?? spaced(as))}”`;
    });
    const eyes = label === undefined ? "as the view told here sees" : `through “${bare(label)}”`;
    return `${bare(player.label)}: sees ${eyes}${takes.length === 0 ? "" : `, and takes ${listed(takes)}`}.`;
  });
}

/** What is played where nobody errs: all of it, or some, as was found. */
function solutionText(game: PlayFindings, { solved, chosen, apart, tied }: PatternPlay): string {
  const list =
    solved.subgamePerfect !== null && solved.subgamePerfect.solutions.length > 0
      ? solved.subgamePerfect
      : solved.sequential;
  const chances = tied;
  const best = (chances ?? [])
    .map((chance, i) => ({ chance, i }))
    .filter((x) => x.chance > 0.005)
    .toSorted((a, b) => b.chance - a.chance)
    .slice(0, 3)
    .map(({ chance, i }) => `${profileText(game, i)} (${ofHundred(chance)} in 100)`);
  if (chosen === null) return "Where nobody errs: no course could be found from which nobody would want to depart.";
  if (apart)
    return `Some take others for what they are not, so each plays its part of the game it sees; what comes of it need suit nobody. Then: ${best.join("; ")}.`;
  const all = list === null ? "there may be more" : completeText(list.complete);
  if (list?.solutions.length === 1)
    return `Where nobody errs, one course was found from which no actor would want to depart, at any turn (${all}): ${best.join("; ")}.`;
  return `Where nobody errs, courses from which no actor would want to depart, at any turn: ${plural(list?.solutions.length ?? 0, "of them was", "of them were")} found (${all}), taken in equal parts: ${best.join("; ")}.`;
}

function profileText(game: PlayFindings, index: number): string {
  const profile = game.profiles[index] ?? {};
  return game.choices
    .map(
      (c) =>
        `${bare(c.label)}: ${bare(c.options.find((o) => o.name === profile[c.name])?.label ?? profile[c.name] ?? "")}`,
    )
    .join(", ");
}

/** By outcome that stands beside every verdict: what an actor that sees otherwise expected of it. */
function surpriseTable(model: Model, game: PlayFindings, play: ViewPlay): readonly Block[] {
  const [pattern] = play.patterns;
  const rows = (pattern?.expectations ?? [])
    .filter((e) => e.view !== play.view && e.expected.mean !== e.comes.mean)
    .flatMap((e) =>
      e.outcomes
        .flatMap((o) => {
          const head = model.outcomes.find((x) => x.name === o.outcome);
          return head === undefined || !head.alwaysShown ? [] : [{ o, head }];
        })
        .map(({ o, head }) => {
          const isTruth = Math.max(o.expected.mean, o.comes.mean) <= 1 && head.unit.label === "1";
          const scale = isTruth
            ? { by: 0.01, decimals: 0, unit: "runs in 100" }
            : scaleOf([o.expected.mean, o.comes.mean], { label: head.unit.label, factor: head.unit.factor });
          const figure = (x: { readonly mean: number; readonly se: number }): string =>
            `${inScale(x.mean, scale)} ±${inScale(2 * x.se, scale)}`;
          return [
            bare(game.players.find((x) => x.name === e.actor)?.label ?? e.actor),
            `${bare(head.label)}${scale.unit === "" ? "" : `, ${scale.unit}`}`,
            figure(o.expected),
            figure(o.comes),
          ];
        }),
    );
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      table: {
        caption:
          "What those who see otherwise expected of what is played, and what comes of it in the view told (± two standard errors)",
        columns: ["Who", "Of what", "Expected", "Comes"],
        rows,
      },
    },
  ];
}

/** Rules by which an actor moves within a run, against what it would do if it thought the game through. */
function rulesOf(game: PlayFindings, { rules }: PatternPlay): readonly Block[] {
  const items = rules
    .filter((r) => r.disagrees)
    .map((r) => {
      const actor = bare(game.players.find((x) => x.name === r.actor)?.label ?? r.actor);
      return `${actor}: “${spaced(r.act)}” comes in ${ofHundred(r.happens)} of 100 runs as it sees them; never doing so would be worth ${grouped(r.gain.mean, 2)} ±${grouped(2 * r.gain.se, 2)} to it, in its own values.`;
    });
  return items.length === 0
    ? []
    : [
        { kind: "paragraph", text: "Rules by which actors move within a run, and that do not serve them:" },
        { kind: "list", items },
      ];
}
