/** Writes the part of `casus play` on a game in which one actor alone knows the types. */

import { heading, say, tableOf, type Block } from "./blocks.ts";
import type { PlayFindings, ViewPlay } from "#analysis/play/play.ts";
import type { PrivatePlay } from "#analysis/play/private-types.ts";
import { grouped, listed, ofHundred } from "../words/numbers.ts";
import { kindText, listText, mixText, regretText } from "../words/play-words.ts";
import { bare, spaced } from "../words/words.ts";

/** Courses told for each pattern. */
const mostCourses = 3;

export function hiddenBlocks(findings: PlayFindings, play: ViewPlay): readonly Block[] {
  const { hidden } = play;
  if (hidden === null) return [];
  const label = (name: string): string => bare(findings.players.find((p) => p.name === name)?.label ?? name);
  const informed = label(hidden.informed);
  const others = findings.players.flatMap((p, i) => (p.name === hidden.informed ? [] : [{ name: bare(p.label), i }]));
  const priors = others.map(
    ({ name, i }) => `${name} ${(hidden.priors[i] ?? []).map((c) => ofHundred(c)).join(", ")} in 100`,
  );
  return [
    heading(`Where ${informed} alone knows the types`),
    say(
      `A game with a chance move over the ${hidden.patterns.length} patterns solved above (${hidden.patterns.map(patternText).join("; ")}), each as likely as the other's own view has it, among these: ${priors.join("; ")}. The others learn of it only by what is done.`,
      { indent: 2 },
    ),
    ...solutionLines(hidden),
    ...courseLines(findings, hidden),
    ...beliefLines(findings, hidden, label),
    ...worthLines(findings, play, hidden),
  ];
}

function patternText(pattern: PrivatePlay["patterns"][number], index: number): string {
  const on = Object.entries(pattern.claims).flatMap(([name, is]) => (is ? [name] : []));
  return `${index + 1}: ${on.length === 0 ? "no type true" : listed(on)}`;
}

function solutionLines(hidden: PrivatePlay): readonly Block[] {
  const { chosen, solved, sampling } = hidden;
  const perfect = solved.subgamePerfect;
  const list = chosen?.kind === "subgame-perfect" ? perfect : solved.sequential;
  if (chosen === null || list === null)
    return [
      say(
        `No equilibrium is claimed: ${solved.sequential?.why ?? "none was found"}. The logit equilibria below are what there is.`,
        { indent: 2 },
      ),
    ];
  const noise =
    sampling === null
      ? ""
      : ` Its regret lies between ${grouped(sampling.low, 3)} and ${grouped(sampling.high, 3)} of the payoff range in 90 of 100 resamples of the worlds.`;
  return [
    say(`${kindText(chosen.kind)}: ${listText(list)} Shown is the first (${regretText(chosen.regret)}).${noise}`, {
      indent: 2,
    }),
  ];
}

function courseLines(findings: PlayFindings, hidden: PrivatePlay): readonly Block[] {
  const rows = hidden.patterns.flatMap((pattern, k) => {
    const sharp = hidden.chances?.[k] ?? [];
    const noisy = hidden.logitChances?.[k] ?? [];
    return findings.profiles
      .map((profile, i) => ({ profile, sharp: sharp[i] ?? 0, noisy: noisy[i] ?? 0 }))
      .toSorted((a, b) => b.sharp - a.sharp || b.noisy - a.noisy)
      .slice(0, mostCourses)
      .filter((r, i) => i === 0 || r.sharp >= 0.005)
      .map((r, i) => ({
        head: `${i === 0 ? `${patternText(pattern, k)}: ` : "    "}${findings.choices.map((c) => spaced(r.profile[c.name] ?? "")).join(", ")}`,
        cells: [ofHundred(r.noisy), hidden.chances === null ? "–" : ofHundred(r.sharp)],
      }));
  });
  const heads = [
    `Where it is so: ${findings.choices.map((c) => spaced(c.name)).join(", ")}`,
    `logit, λ = ${findings.request.lambda}`,
    "equilibrium",
  ];
  return [tableOf({ heads, rows, align: "right" }, 2)];
}

/** What those who do not know come to believe where they are, if it is not what they believed before. */
function beliefLines(findings: PlayFindings, hidden: PrivatePlay, label: (name: string) => string): readonly Block[] {
  const told = hidden.sets.flatMap((set, h) => {
    const belief = hidden.beliefs[h] ?? null;
    const prior = hidden.priors[set.player] ?? [];
    if (belief === null || belief.every((p, k) => Math.abs(p - (prior[k] ?? 0)) < 0.005)) return [];
    const after = Object.values(set.known).map(spaced).join(", ");
    return [
      `after ${after} ${label(findings.players[set.player]?.name ?? "")} believes ${belief.map((p, k) => `pattern ${k + 1} ${ofHundred(p)}`).join(", ")} in 100, and plays ${hidden.chosen === null ? "–" : mixText(hidden.chosen, h, set.actions.map(spaced))}`,
    ];
  });
  const text =
    told.length === 0
      ? "The others learn nothing from what is done: when they choose, they believe what they believed before."
      : `From what is done the others learn: ${told.join("; ")}.`;
  return hidden.chosen === null ? [] : [say(text, { indent: 2 })];
}

function worthLines(findings: PlayFindings, play: ViewPlay, hidden: PrivatePlay): readonly Block[] {
  if (hidden.worth === null) return [];
  const rows = hidden.patterns.flatMap((pattern, k) => {
    const known = play.patterns.find((p) => p.pattern === pattern);
    return findings.players.map((p, i) => ({
      head: `${i === 0 ? `${patternText(pattern, k)}: ` : "    "}${bare(p.label)}`,
      cells: [
        grouped(hidden.worth?.[k]?.[i]?.mean ?? Number.NaN, 2),
        known?.expectations[i] === undefined ? "–" : grouped(known.expectations[i].expected.mean, 2),
      ],
    }));
  });
  return [
    tableOf({ heads: ["Worth of it, as each sees it:", "types hidden", "types known"], rows, align: "right" }, 2),
  ];
}
