/** Makes the data of a game's pictures: its tree, choices by sharpness, and what each actor expected. */

import type { PatternPlay, PlayFindings, ViewPlay } from "#analysis/play/play.ts";
import { chancesOf } from "#analysis/play/played.ts";
import type { Model } from "#model/model.ts";
import type { EquilibriumData } from "../charts/equilibrium-fan.ts";
import type { GameData, GameNode } from "../charts/game-tree.ts";
import { grouped } from "../words/numbers.ts";
import type { DataTable } from "../picture/table.ts";
import { bare, spaced } from "../words/words.ts";

/** The likeliest pattern of types of a view, with how often each course is taken where choices err a little; null where nothing was solved. */
export function gameOf(findings: PlayFindings, play: ViewPlay): GameData | null {
  const [pattern] = play.patterns;
  if (pattern === undefined || findings.choices.length === 0) return null;
  const chances = pattern.logitChances ?? pattern.tied ?? pattern.chances;
  const node = (depth: number, taken: Readonly<Record<string, string>>): GameNode => {
    const choice = findings.choices[depth];
    if (choice === undefined) return { kind: "end", payoffs: payoffsAt(findings, pattern, taken) };
    const before = chances === null ? null : chanceOf(findings, chances, taken);
    return {
      kind: "move",
      actor: Math.max(
        0,
        findings.players.findIndex((p) => p.name === choice.by),
      ),
      question: bare(choice.label),
      options: choice.options.map((o) => {
        const next = { ...taken, [choice.name]: o.name };
        return {
          label: bare(o.label),
          chance:
            chances === null || before === null || before <= 0 ? null : chanceOf(findings, chances, next) / before,
          next: node(depth + 1, next),
        };
      }),
    };
  };
  return { actors: findings.players.map((p) => bare(p.label)), root: node(0, {}) };
}

function matches(profile: Readonly<Record<string, string>>, taken: Readonly<Record<string, string>>): boolean {
  return Object.entries(taken).every(([choice, option]) => profile[choice] === option);
}

function chanceOf(findings: PlayFindings, chances: readonly number[], taken: Readonly<Record<string, string>>): number {
  return findings.profiles.reduce((sum, p, i) => sum + (matches(p, taken) ? (chances[i] ?? 0) : 0), 0);
}

function payoffsAt(
  findings: PlayFindings,
  pattern: PatternPlay,
  taken: Readonly<Record<string, string>>,
): Extract<GameNode, { kind: "end" }>["payoffs"] {
  const index = findings.profiles.findIndex((p) => matches(p, taken));
  return findings.players.map((_, a) => ({ expected: pattern.payoffs[a]?.[index]?.mean ?? Number.NaN, comes: null }));
}

/** One fan for each choice: how often each option is taken along the path of logit equilibria. Empty where the path has fewer than three points. */
export function fansOf(
  findings: PlayFindings,
  play: ViewPlay,
): readonly { readonly choice: string; readonly data: EquilibriumData }[] {
  const [pattern] = play.patterns;
  const path = (pattern?.solved.logit.solutions ?? [])
    .filter((s) => (s.lambda ?? 0) > 0)
    .toSorted((a, b) => (a.lambda ?? 0) - (b.lambda ?? 0));
  if (pattern === undefined || path.length < 3) return [];
  const byProfile = path.map((s) => chancesOf(pattern.game, s.profile));
  return findings.choices.map((choice) => ({
    choice: bare(choice.label),
    data: {
      sharpness: path.map((s) => s.lambda ?? 0),
      options: choice.options.map((o) => ({
        label: bare(o.label),
        chance: byProfile.map((chances) => chanceOf(findings, chances, { [choice.name]: o.name })),
      })),
    },
  }));
}

/** What each actor thought would come of what is played, and what comes, in its own values. */
export function expectationTable(model: Model, findings: PlayFindings, play: ViewPlay): DataTable | null {
  const [pattern] = play.patterns;
  if (pattern === undefined || pattern.expectations.length === 0) return null;
  const told = (e: { readonly mean: number; readonly se: number }): string =>
    `${grouped(e.mean, 1)} ±${grouped(2 * e.se, 1)}`;
  return {
    caption:
      "What each expected of what is played, and what comes of it in the view told, in its own values (± two standard errors)",
    columns: ["Who", "Sees through", "Expected", "Comes"],
    rows: pattern.expectations.map((e) => [
      bare(findings.players.find((p) => p.name === e.actor)?.label ?? e.actor),
      bare(model.views.find((v) => v.name === e.view)?.label ?? spaced(e.view)),
      told(e.expected),
      told(e.comes),
    ]),
  };
}
