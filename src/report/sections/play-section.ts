/** Writes what `casus play` found: what is played, how sure that is, what each expected, and why a threat is not believed. */

import { aside, gap, heading, inGroups, say, tableOf, type Block } from "./blocks.ts";
import type { PatternPlay, PlayFindings, ViewPlay } from "#analysis/play/play.ts";
import type { CorrectionWorth } from "#analysis/play/play-misjudged.ts";
import type { PayoffEstimate } from "#analysis/play/played.ts";
import type { Solution } from "#game/solution.ts";
import type { Model } from "#model/model.ts";
import { grouped, listed, ofHundred, plural, signed } from "../words/numbers.ts";
import { hiddenBlocks } from "./play-hidden-section.ts";
import { completeText, listText, mixText, regretText } from "../words/play-words.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { bare, spaced } from "../words/words.ts";

/** What outcomes the report tells what each actor expected of. */
export interface ShownOutcome {
  readonly name: string;
  readonly label: string;
  readonly isTruth: boolean;
  readonly factor: number;
}

/** What stands beside every verdict stands here too, and before it the first thing that may happen. */
export function shownOutcomes(model: Model): readonly ShownOutcome[] {
  const first = model.outcomes.find((o) => o.isTruth && !o.alwaysShown);
  return [...(first === undefined ? [] : [first]), ...model.outcomes.filter((o) => o.alwaysShown)].map((o) => ({
    name: o.name,
    label: o.label,
    isTruth: o.isTruth,
    factor: o.unit.factor,
  }));
}

interface Page {
  readonly findings: PlayFindings;
  readonly shown: readonly ShownOutcome[];
}

export function playBlocks(
  findings: PlayFindings,
  shown: readonly ShownOutcome[],
  provenance: Provenance,
): readonly Block[] {
  const page: Page = { findings, shown };
  const parts = [
    [
      heading(provenance.title),
      gap,
      say(
        `The choices of this case solved as a game. What a course of action is worth to an actor is the mean of its values over ${plural(findings.request.worlds, "simulated run")} in its own view. ` +
          assumedText(findings),
      ),
      ...findings.unseen.map((u) =>
        say(
          `${spaced(u.choice)} knows of ${spaced(u.event)}, an event; a tree of choices cannot show that, and it is left out.`,
        ),
      ),
    ],
    ...findings.plays.flatMap((play) => viewParts(page, play)),
    [aside(provenanceText(provenance, findings))],
  ];
  return inGroups(parts);
}

/** What the solution takes for granted of what each knows. */
function assumedText(findings: PlayFindings): string {
  const taken = findings.players.flatMap((a) =>
    a.takes
      .map(({ actor, view }) => {
        const other = findings.players.find((x) => x.name === actor);
        return other === undefined
          ? []
          : [`${bare(a.label)} takes ${bare(other.label)} for one who sees through ${spaced(view)}.`];
      })
      .flat(),
  );
  const eyes =
    taken.length > 0
      ? "and, where the case does not say what it takes them for, through which view they see"
      : "and through which view they see";
  return [
    ...taken,
    `That each knows what the others value, ${eyes}, is assumed; so is that the types (what moves an actor, and whether it misjudges) are known to all who play.`,
  ].join(" ");
}

function viewParts(page: Page, play: ViewPlay): readonly (readonly Block[])[] {
  return [
    [heading(`Under ${play.view === "case" ? play.label : `“${play.label}”`}`), ...mixedLines(page, play)],
    ...play.patterns.map((p) => patternLines(page, p)),
    hiddenBlocks(page.findings, play),
    doubtLines(page, play),
    play.unsolved > 1e-9
      ? [
          say(
            `Patterns of types with a chance of ${ofHundred(play.unsolved)} in 100 in this view were not solved (--patterns says how many are).`,
            { indent: 2 },
          ),
        ]
      : [],
  ];
}

function profileText({ findings }: Page, index: number): string {
  return findings.choices.map((c) => spaced(findings.profiles[index]?.[c.name] ?? "")).join(", ");
}

/** The solutions of the patterns, mixed only here. */
function mixedLines(page: Page, play: ViewPlay): readonly Block[] {
  const { findings } = page;
  const rows = findings.profiles
    .map((_, i) => ({ i, sharp: play.mixed?.[i] ?? 0, noisy: play.logitMixed?.[i] ?? 0 }))
    .filter((r) => r.sharp >= 0.005 || r.noisy >= 0.05)
    .toSorted((a, b) => b.sharp - a.sharp || b.noisy - a.noisy);
  const heads = [
    findings.choices.map((c) => spaced(c.name)).join(", "),
    `logit, λ = ${findings.request.lambda}`,
    "equilibrium",
  ];
  return [
    tableOf(
      {
        heads,
        rows: rows.map((r) => ({
          head: profileText(page, r.i),
          cells: [ofHundred(r.noisy), play.mixed === null ? "–" : ofHundred(r.sharp)],
        })),
        align: "right",
      },
      2,
    ),
    gap,
    say(
      `Chances in 100, the patterns of types below mixed by how far this view believes them, tied equilibria in equal parts. In a logit equilibrium choices err: at λ = ${findings.request.lambda} a difference of a tenth of the payoff range makes the better of two moves ${grouped(Math.exp(findings.request.lambda / 10), 1)} times as likely. How sharp real actors are nobody has measured; the fan below shows what hangs on it.`,
      { indent: 2 },
    ),
  ];
}

function patternLines(page: Page, p: PatternPlay): readonly Block[] {
  const { findings } = page;
  const on = Object.entries(p.pattern.claims).filter(([, v]) => v);
  const off = Object.entries(p.pattern.claims).filter(([, v]) => !v);
  const types =
    on.length + off.length === 0
      ? "No claim is a type"
      : `Where ${on.length === 0 ? "no type is true" : `${listed(on.map(([c]) => c))} ${on.length === 1 ? "is" : "are"} true`}${off.length === 0 || on.length === 0 ? "" : `, ${listed(off.map(([c]) => c))} not`}`;
  const eyes = findings.players.map((a, i) => `${bare(a.label)}: ${spaced(p.views[i] ?? "")}`).join("; ");
  return [
    heading(`${types} (${ofHundred(p.pattern.chance)} in 100). Through whose eyes: ${eyes}.`),
    ...equilibriumLines(page, p),
    ...fanLines(page, p),
    ...expectationLines(page, p),
    ...misjudgementLines(page, p),
    ...threatLines(page, p),
    ...ruleLines(page, p),
  ];
}

function equilibriumLines(page: Page, p: PatternPlay): readonly Block[] {
  const { findings } = page;
  const { subgamePerfect, sequential } = p.solved;
  const list = subgamePerfect !== null && subgamePerfect.solutions.length > 0 ? subgamePerfect : sequential;
  if (p.apart) return apartLines(page, p);
  if (list === null || p.chosen === null)
    return [say("No equilibrium could be listed; see the logit equilibria.", { indent: 2 })];
  const told = list.solutions.slice(0, 4).flatMap((s, i) => {
    const moves = findings.sets.map(
      (set, index) => `${setText(page, index)}: ${mixText(s, index, set.actions.map(spaced))}`,
    );
    return [
      say(
        `${list.solutions.length > 1 ? `${i + 1}. ` : ""}${moves.join("; ")} (${regretText(s.localRegret ?? s.regret)}).`,
        { indent: 2, hang: 4 },
      ),
    ];
  });
  const more =
    list.solutions.length > 4 ? [say(`… and ${list.solutions.length - 4} more (--json has them).`, { indent: 2 })] : [];
  const sampling =
    p.sampling === null
      ? []
      : [
          say(
            `Noise of the simulation: ${list.solutions.length > 1 ? "the first" : "it"} is an equilibrium in ${ofHundred(p.sampling.share)} of 100 resamples of the worlds; its regret lies between ${grouped(p.sampling.low, 3)} and ${grouped(p.sampling.high, 3)} of the payoff range in 90 of 100.`,
            { indent: 2 },
          ),
        ];
  return [
    say(`${p.solved.perfectInformation ? "All is known when each moves. " : ""}${listText(list)}`, { indent: 2 }),
    ...told,
    ...more,
    ...sampling,
  ];
}

/** Some take others for what they are not: no equilibrium is claimed. */
function apartLines(page: Page, p: PatternPlay): readonly Block[] {
  const { findings } = page;
  const { chosen } = p;
  if (chosen === null) return [say("Some actor's own game has no equilibrium that could be listed.", { indent: 2 })];
  const moves = findings.sets.map(
    (set, index) => `${setText(page, index)}: ${mixText(chosen, index, set.actions.map(spaced))}`,
  );
  return [
    say(
      `Some take others for what they are not; each plays its part of the game it sees. ${moves.join("; ")}. Together that is ${(chosen.localRegret ?? chosen.regret) <= 1e-9 ? "an equilibrium all the same" : `no equilibrium: ${regretText(chosen.localRegret ?? chosen.regret)}`}.`,
      { indent: 2 },
    ),
  ];
}

function setText({ findings }: Page, index: number): string {
  const set = findings.sets[index];
  if (set === undefined) return "";
  const known = Object.values(set.known).map(spaced);
  return known.length === 0 ? spaced(set.choice) : `${spaced(set.choice)} after ${known.join(", ")}`;
}

/** The logit equilibria over λ, move by move. */
function fanLines(page: Page, p: PatternPlay): readonly Block[] {
  const { findings } = page;
  const points = p.solved.logit.solutions.filter((s) => s.lambda !== 0);
  const why = p.solved.logit.solutions.length < 2 ? p.solved.logit.why : null;
  if (points.length === 0) return [say(`No logit equilibria: ${why ?? ""}`, { indent: 2 })];
  const rows = findings.sets.flatMap((set, index) =>
    set.actions.map((action, a) => ({
      head: `${a === 0 ? setText(page, index) : ""}${a === 0 ? ": " : "    "}${spaced(action)}`,
      cells: points.map((s: Solution) => ofHundred(s.profile[index]?.[a] ?? Number.NaN)),
    })),
  );
  return [
    gap,
    tableOf(
      {
        heads: [
          "Chance in 100 as choices grow sharper, λ × payoff range:",
          ...points.map((s) => grouped(s.lambda ?? 0, 0)),
        ],
        rows,
        align: "right",
      },
      2,
    ),
  ];
}

function errorText(e: PayoffEstimate, factor: number, isTruth: boolean): string {
  const scale = isTruth ? 100 : 1 / factor;
  const size = Math.abs(e.mean * scale);
  const decimals = isTruth ? 0 : size >= 100 ? 0 : 2;
  return `${grouped(e.mean * scale, decimals)} ±${grouped(2 * e.se * scale, decimals)}`;
}

function expectationLines(page: Page, p: PatternPlay): readonly Block[] {
  const { findings, shown } = page;
  const others = p.expectations.filter((_, i) => p.views[i] !== undefined);
  if (others.length === 0) return [];
  const rows = others.flatMap((e) => {
    const label = findings.players.find((x) => x.name === e.actor)?.label ?? e.actor;
    const own = {
      head: `${bare(label)}: its own values`,
      cells: [errorText(e.expected, 1, false), errorText(e.comes, 1, false)],
    };
    // An actor that sees as the reader does expects what comes.
    if (e.expected.mean === e.comes.mean) return [own];
    return [
      own,
      ...shown.flatMap((o) => {
        const found = e.outcomes.find((x) => x.outcome === o.name);
        if (found === undefined) return [];
        return [
          {
            head: `  ${bare(o.label)}${o.isTruth ? ", in 100" : ""}`,
            cells: [errorText(found.expected, o.factor, o.isTruth), errorText(found.comes, o.factor, o.isTruth)],
          },
        ];
      }),
    ];
  });
  return [
    gap,
    tableOf({ heads: ["If that is played:", "it expected", "what comes"], rows, align: "right" }, 2),
    say("What comes is given in the view of this section; ± is two standard errors.", { indent: 2 }),
  ];
}

function misjudgementLines(page: Page, p: PatternPlay): readonly Block[] {
  const { findings } = page;
  return p.misjudgements.flatMap((m) => {
    const label = bare(findings.players.find((x) => x.name === m.actor)?.label ?? m.actor);
    const { whole } = m;
    if (whole === null) return [];
    const [best] = whole.chances.map((chance, i) => ({ chance, i })).toSorted((a, b) => b.chance - a.chance);
    const then =
      whole.playChanges && best !== undefined
        ? ` What is then played: ${profileText(page, best.i)}.`
        : " What is played stays the same.";
    const lines = [
      say(
        `The cost of misjudgement: seeing as this view sees would be worth ${signed(whole.worth.mean, 2)} ±${grouped(2 * whole.worth.se, 2)} to ${label}, in its own values.${then}`,
        { indent: 2 },
      ),
    ];
    return [gap, ...lines, ...elementLines(m.items)];
  });
}

/** What would be worth something, or cost something, if it alone were corrected; the rest by name. */
function elementLines(items: readonly CorrectionWorth[]): readonly Block[] {
  if (items.length === 0) return [];
  const name = ({ item }: CorrectionWorth): string =>
    item?.kind === "takes" ? `what it takes ${item.name} for` : (item?.name ?? "");
  const counts = items.filter((c) => Math.abs(c.worth.mean) > 1e-9);
  const told = counts.map(
    (c) =>
      `${name(c)} ${signed(c.worth.mean, 2)} ±${grouped(2 * c.worth.se, 2)}${c.playChanges ? " (and what is played changes)" : ""}`,
  );
  const idle = items.filter((c) => !counts.includes(c)).map(name);
  return [
    say(
      told.length === 0
        ? `Corrected one at a time, none of what it sees otherwise would be worth anything: ${listed(idle)}.`
        : `Corrected one at a time: ${told.join("; ")}.${idle.length === 0 ? "" : ` Alone, ${plural(idle.length, "other")} would be worth nothing: ${listed(idle)}.`}`,
      { indent: 2 },
    ),
  ];
}

/** Nash, subgame-perfect and logit side by side, in words. */
function threatLines(page: Page, p: PatternPlay): readonly Block[] {
  const { findings } = page;
  const nash = p.solved.nash?.solutions.length ?? 0;
  const perfect = p.solved.subgamePerfect?.solutions.length ?? 0;
  const logit = p.solved.logit.solutions.find((s) => s.lambda === findings.request.lambda);
  if (p.solved.nash === null)
    return [gap, say("Nash equilibria are not listed: the game has too many plans.", { indent: 2 })];
  const head = `As plans alone, ${plural(nash, "equilibrium", "equilibria")} (${completeText(p.solved.nash.complete)}); ${p.solved.subgamePerfect?.complete === "some" ? "at least " : ""}${plural(perfect, "survives", "survive")} where each must want to do what it said when it comes to it.`;
  const told = p.threats
    .filter((t) => t.actions.length === 1)
    .slice(0, 3)
    .map((t) => {
      const actor = bare(findings.players[t.player]?.label ?? "");
      const actions = listed(t.actions.map((a) => spaced(findings.sets[t.set]?.actions[a] ?? "")));
      const chance = t.actions.reduce((sum, a) => sum + (logit?.profile[t.set]?.[a] ?? 0), 0);
      const after = Object.values(findings.sets[t.set]?.known ?? {})
        .map(spaced)
        .join(", ");
      return `${actor} saying “${actions}”${after === "" ? "" : ` after ${after}`} holds some of the others up, and is not believed: once there, doing so would cost it ${grouped(t.cost, 2)} of its own values; with choices that err it does so ${ofHundred(chance)} times in 100.`;
    });
  return [gap, say([head, ...told].join(" "), { indent: 2 })];
}

function ruleLines(page: Page, p: PatternPlay): readonly Block[] {
  const { findings } = page;
  return p.rules
    .filter((r) => r.disagrees)
    .flatMap((r) => {
      const actor = bare(findings.players.find((x) => x.name === r.actor)?.label ?? r.actor);
      return [
        say(
          `The rule '${spaced(r.act)}' disagrees with the solved choice: it acts in ${ofHundred(r.happens)} of 100 runs as ${actor} sees it, and never doing so would be worth ${signed(r.gain.mean, 2)} ±${grouped(2 * r.gain.se, 2)} to it, in its own eyes.`,
          { indent: 2 },
        ),
      ];
    });
}

function doubtLines(page: Page, play: ViewPlay): readonly Block[] {
  const { findings } = page;
  const { doubt } = play;
  if (doubt === null) return [];
  const rows = findings.sets.map((set, index) => ({
    head: setText(page, index),
    cells: [
      set.actions.map((a, k) => `${spaced(a)} ${grouped(10 * (doubt.shares[index]?.[k] ?? Number.NaN), 0)}`).join(", "),
    ],
  }));
  return [
    heading("Of 10 of what you may believe, in how many each move is the equilibrium's"),
    tableOf({ heads: ["", "moves"], rows, align: "left" }, 2),
    say(
      `${plural(doubt.beliefs, "belief")} drawn from this view, claims, types and unknowns; each solved as if those who play knew it, with luck averaged over ${plural(doubt.replicates, "run")} inside it.${doubt.unsolved > 0 ? ` ${doubt.unsolved} had no equilibrium that could be listed.` : ""}`,
      { indent: 2 },
    ),
  ];
}
