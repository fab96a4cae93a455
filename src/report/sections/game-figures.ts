/** Makes the data of a game's pictures: its tree, and choices by sharpness. */

import type { PatternPlay, PlayFindings } from "#analysis/play/play.ts";
import { chancesOf } from "#analysis/play/played.ts";
import type { EquilibriumData } from "../charts/equilibrium-fan.ts";
import type { GameData, GameNode } from "../charts/game-tree.ts";
import { bare } from "../words/words.ts";

/** The game for one pattern of types, with how often each course is taken where choices err a little; null where nothing was solved. */
export function gameOf(findings: PlayFindings, pattern: PatternPlay): GameData | null {
  if (findings.choices.length === 0) return null;
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
  pattern: PatternPlay,
): readonly { readonly choice: PlayFindings["choices"][number]; readonly data: EquilibriumData }[] {
  const path = pattern.solved.logit.solutions
    .filter((s) => (s.lambda ?? 0) > 0)
    .toSorted((a, b) => (a.lambda ?? 0) - (b.lambda ?? 0));
  if (path.length < 3) return [];
  const byProfile = path.map((s) => chancesOf(pattern.game, s.profile));
  return findings.choices.map((choice) => ({
    choice,
    data: {
      sharpness: path.map((s) => s.lambda ?? 0),
      options: choice.options.map((o) => ({
        label: bare(o.label),
        chance: byProfile.map((chances) => chanceOf(findings, chances, { [choice.name]: o.name })),
      })),
    },
  }));
}
