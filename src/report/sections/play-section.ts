/** The section on the choices as a game: what is played, how sure that is, what each expected, and why a threat is not believed. */

import { aside, gap, heading, inGroups, say, tableOf, type Block } from "./blocks.ts";
import type { PatternPlay, PlayFindings, ViewPlay } from "#analysis/play/play.ts";
import type { CorrectionWorth } from "#analysis/play/play-misjudged.ts";
import type { PayoffEstimate } from "#analysis/play/played.ts";
import type { Model } from "#model/model.ts";
import { equilibriumFan } from "../charts/equilibrium-fan.ts";
import { gameTable, gameTree } from "../charts/game-tree.ts";
import { captionOf, pictureBlock } from "./figures.ts";
import { fansOf, gameOf } from "./game-figures.ts";
import { grouped, listed, ofHundred, plural, signed, slackText } from "../words/numbers.ts";
import { hiddenBlocks } from "./play-hidden-section.ts";
import { completeText, listText, mixText, regretText } from "../words/play-words.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { bare, spaced } from "../words/words.ts";

interface Page {
  readonly model: Model;
  readonly findings: PlayFindings;
  readonly provenance: Provenance;
}

/** With its title and where it comes from: every view, every pattern of types. */
export function playBlocks(model: Model, findings: PlayFindings, provenance: Provenance): readonly Block[] {
  const page: Page = { model, findings, provenance };
  return inGroups([
    [heading(provenance.title), gap, ...introduction(findings)],
    ...findings.plays.flatMap((play, i) => viewParts(page, play, play.patterns, `view-${i + 1}`)),
    [aside(provenanceText(provenance, findings))],
  ]);
}

/** In a report: the first view, the likeliest of the patterns of types that were solved. */
export function gameBlocks(model: Model, findings: PlayFindings, provenance: Provenance): readonly Block[] {
  const [play] = findings.plays;
  const [pattern] = play?.patterns ?? [];
  if (play === undefined || pattern === undefined) return [];
  const page: Page = { model, findings, provenance };
  return inGroups([introduction(findings), ...viewParts(page, play, [pattern], "picture")]);
}

function introduction(findings: PlayFindings): readonly Block[] {
  return [
    say(
      `The choices of this case, solved as a game. A course of action is worth to an actor the mean of its values over ${plural(findings.request.worlds, "simulated run")}, under its own view. ${assumedText(findings)}`,
    ),
    ...findings.unseen.map((u) =>
      say(
        `${spaced(u.choice)} knows of ${spaced(u.event)}, an event; a tree of choices cannot show that, and it is left out.`,
      ),
    ),
  ];
}

/** What the solution takes for granted of what each knows. */
function assumedText(findings: PlayFindings): string {
  const taken = findings.players.flatMap((a) =>
    a.takes
      .map(({ actor, view }) => {
        const other = findings.players.find((x) => x.name === actor);
        return other === undefined
          ? []
          : [`${bare(a.label)} believes that ${bare(other.label)} sees through the view ${spaced(view)}.`];
      })
      .flat(),
  );
  const eyes =
    taken.length > 0
      ? "and, except where the case says otherwise, through which view they see"
      : "and through which view they see";
  return [
    ...taken,
    `We assume that each actor knows what the others value ${eyes}, and that all know the types: what moves an actor, and whether it misjudges.`,
  ].join(" ");
}

function viewParts(
  page: Page,
  play: ViewPlay,
  patterns: readonly PatternPlay[],
  id: string,
): readonly (readonly Block[])[] {
  return [
    [heading(`Under ${play.view === "case" ? play.label : `“${bare(play.label)}”`}`), ...mixedBlocks(page, play)],
    ...patterns.map((p, i) => patternBlocks(page, play, p, patterns.length > 1 ? `${id}-${i + 1}` : id)),
    hiddenBlocks(page.findings, play),
    doubtBlocks(page, play),
    play.unsolved > 1e-9
      ? [
          say(
            `Patterns of types with a chance of ${ofHundred(play.unsolved)} in 100 in this view were not solved (--patterns says how many are).`,
          ),
        ]
      : [],
  ];
}

function profileText({ findings }: Page, index: number): string {
  return findings.choices.map((c) => spaced(findings.profiles[index]?.[c.name] ?? "")).join(", ");
}

/** The solutions of the patterns, mixed only here. */
function mixedBlocks(page: Page, play: ViewPlay): readonly Block[] {
  const { findings } = page;
  const { lambda } = findings.request;
  const rows = findings.profiles
    .map((_, i) => ({ i, sharp: play.mixed?.[i] ?? 0, noisy: play.logitMixed?.[i] ?? 0 }))
    .filter((r) => r.sharp >= 0.005 || r.noisy >= 0.05)
    .toSorted((a, b) => b.sharp - a.sharp || b.noisy - a.noisy);
  const table = tableOf(
    {
      heads: [findings.choices.map((c) => spaced(c.name)).join(", "), `choices err, λ = ${lambda}`, "nobody errs"],
      rows: rows.map((r) => ({
        head: profileText(page, r.i),
        cells: [ofHundred(r.noisy), play.mixed === null ? "–" : ofHundred(r.sharp)],
      })),
      align: "right",
    },
    2,
  );
  return [
    { ...table, table: { ...table.table, caption: "What is played: chances in 100" } },
    say(
      `${play.patterns.length > 1 ? "Each pattern of types counts as far as this view believes it. " : ""}Where nobody errs, tied equilibria count equally. Where choices err, this is a logit equilibrium: at λ = ${lambda} (times the range of payoffs), a difference of a tenth of that range makes the better of two moves ${grouped(Math.exp(lambda / 10), 1)} times as likely. Nobody has measured how sharply real actors choose; the pictures over λ show what depends on it.`,
    ),
  ];
}

function patternBlocks(page: Page, play: ViewPlay, p: PatternPlay, id: string): readonly Block[] {
  const on = Object.entries(p.pattern.claims).filter(([, v]) => v);
  const off = Object.entries(p.pattern.claims).filter(([, v]) => !v);
  const types =
    on.length + off.length === 0
      ? "No claim is a type"
      : `Where ${on.length === 0 ? "no type is true" : `${listed(on.map(([c]) => c))} ${on.length === 1 ? "is" : "are"} true`}${off.length === 0 || on.length === 0 ? "" : `, ${listed(off.map(([c]) => c))} not`}`;
  const { findings } = page;
  const eyes = findings.players.map((a, i) => `${bare(a.label)}: ${spaced(p.views[i] ?? "")}`).join("; ");
  return inGroups([
    [
      heading(
        `${types}${on.length + off.length === 0 ? "" : ` (${ofHundred(p.pattern.chance)} in 100)`}. Each actor's view: ${eyes}.`,
      ),
      ...equilibriumBlocks(page, p),
    ],
    pictureBlocks(page, play, p, id),
    expectationBlocks(page, p),
    ...misjudgementParts(page, p),
    threatBlocks(page, p),
    ruleBlocks(page, p),
  ]);
}

function equilibriumBlocks(page: Page, p: PatternPlay): readonly Block[] {
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
            `Noise of the simulation: ${list.solutions.length > 1 ? "the first" : "it"} is an equilibrium in ${ofHundred(p.sampling.share)} of 100 resamples of the runs; its regret lies between ${grouped(p.sampling.low, 3)} and ${grouped(p.sampling.high, 3)} of the payoff range in 90 of 100.`,
            { indent: 2 },
          ),
        ];
  return [
    say(`${p.solved.perfectInformation ? "Each actor knows every earlier move. " : ""}${listText(list)}`, {
      indent: 2,
    }),
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
      `Some actors misjudge others, and each plays its part of the game as it sees it. ${moves.join("; ")}. Together that is ${(chosen.localRegret ?? chosen.regret) <= 1e-9 ? "an equilibrium all the same" : `no equilibrium: ${regretText(chosen.localRegret ?? chosen.regret)}`}.`,
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

/** The tree with how often each move is made, and how that changes with the sharpness of choices, a picture for each choice. */
function pictureBlocks(page: Page, play: ViewPlay, p: PatternPlay, id: string): readonly Block[] {
  const { findings, provenance } = page;
  const caption = captionOf(provenance, findings, play.view);
  const tree = gameOf(findings, p);
  const points = p.solved.logit.solutions.filter((s) => s.lambda !== 0);
  const fans = fansOf(findings, p).map(({ choice, data }, i) => {
    const rows = findings.sets.flatMap((set, index) =>
      set.choice === choice.name
        ? set.actions.map((action, a) => [
            `${setText(page, index)}: ${spaced(action)}`,
            ...points.map((s) => ofHundred(s.profile[index]?.[a] ?? Number.NaN)),
          ])
        : [],
    );
    return pictureBlock(
      {
        id: `equilibria-${i + 1}-${id}`,
        title: bare(choice.label),
        subtitle: "How often each option is chosen, in 100, by how sharply choices follow payoffs",
        caption,
      },
      (h, w) => equilibriumFan(data, h, w),
      {
        caption: "Chance of each move in 100, by how sharply choices follow payoffs (λ × their range)",
        columns: ["λ × payoff range", ...points.map((s) => grouped(s.lambda ?? 0, 0))],
        rows,
      },
    );
  });
  return inGroups([
    tree === null
      ? []
      : [
          pictureBlock(
            {
              id: `game-${id}`,
              title: "The choices as a game",
              subtitle:
                "How often each move is made, in 100, where the better of two moves is likelier but not sure; at each end what it is worth to whom, in its own eyes",
              caption,
            },
            (h, w) => gameTree(tree, h, w),
            gameTable(tree),
          ),
        ],
    fans.length === 0
      ? [say(`Not shown over the sharpness of choices: ${p.solved.logit.why ?? "too few points were found"}.`)]
      : fans,
  ]);
}

/** In the unit of an outcome; a truth in 100. */
function errorText(e: PayoffEstimate, factor: number, isTruth: boolean): string {
  const scale = isTruth ? 100 : 1 / factor;
  const size = Math.abs(e.mean * scale);
  const decimals = isTruth ? 0 : size >= 100 ? 0 : 2;
  return `${grouped(e.mean * scale, decimals)} ${slackText({ value: e.mean, se: e.se }, { by: 1 / scale, decimals })}`;
}

/** In an actor's own values. */
function worthText({ mean, se }: PayoffEstimate): string {
  return `${signed(mean, 2)} ${slackText({ value: mean, se }, { by: 1, decimals: 2 })}`;
}

/** Outcomes for which each actor's expectation is given: those always shown, and before them the first thing that may happen. */
function shownOutcomes(model: Model): Model["outcomes"] {
  const first = model.outcomes.find((o) => o.isTruth && !o.alwaysShown);
  return [...(first === undefined ? [] : [first]), ...model.outcomes.filter((o) => o.alwaysShown)];
}

function expectationBlocks({ model, findings }: Page, p: PatternPlay): readonly Block[] {
  const rows = p.expectations.flatMap((e, i) => {
    if (p.views[i] === undefined) return [];
    const label = bare(findings.players.find((x) => x.name === e.actor)?.label ?? e.actor);
    const own = [`${label}: its own values`, errorText(e.expected, 1, false), errorText(e.comes, 1, false)];
    // An actor that sees as the reader does expects what comes.
    if (e.expected.mean === e.comes.mean) return [own];
    return [
      own,
      ...shownOutcomes(model).flatMap(({ name, label: words, isTruth, unit }) => {
        const found = e.outcomes.find((x) => x.outcome === name);
        if (found === undefined) return [];
        const shown = [found.expected, found.comes].map((x) => errorText(x, unit.factor, isTruth));
        const by = isTruth ? ", in 100" : unit.label === "" || unit.label === "1" ? "" : `, ${unit.label}`;
        return [[`${label}: ${bare(words)}${by}`, ...shown]];
      }),
    ];
  });
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      table: {
        caption:
          "If that is played: what each expected of it, and what comes of it in this view, ± two standard errors",
        columns: ["Who, and of what", "Expected", "Comes"],
        rows,
      },
      indent: 2,
    },
  ];
}

function misjudgementParts(page: Page, p: PatternPlay): readonly (readonly Block[])[] {
  const { findings } = page;
  return p.misjudgements.map((m) => {
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
        `The cost of misjudgement: seeing as this view sees would be worth ${worthText(whole.worth)} to ${label}, in its own values.${then}`,
        { indent: 2 },
      ),
    ];
    return [...lines, ...elementBlocks(m.items)];
  });
}

/** What would be worth something, or cost something, if it alone were corrected; the rest by name. */
function elementBlocks(items: readonly CorrectionWorth[]): readonly Block[] {
  if (items.length === 0) return [];
  const name = ({ item }: CorrectionWorth): string =>
    item?.kind === "takes" ? `what it takes ${item.name} for` : (item?.name ?? "");
  const counts = items.filter((c) => Math.abs(c.worth.mean) > 1e-9);
  const told = counts.map(
    (c) => `${name(c)} ${worthText(c.worth)}${c.playChanges ? " (and what is played changes)" : ""}`,
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

/** Nash, subgame-perfect and logit equilibria compared in words. */
function threatBlocks(page: Page, p: PatternPlay): readonly Block[] {
  const { findings } = page;
  const nash = p.solved.nash?.solutions.length ?? 0;
  const perfect = p.solved.subgamePerfect?.solutions.length ?? 0;
  const logit = p.solved.logit.solutions.find((s) => s.lambda === findings.request.lambda);
  if (p.solved.nash === null)
    return [say("Nash equilibria are not listed: the game has too many plans.", { indent: 2 })];
  const head = `With plans fixed in advance: ${plural(nash, "equilibrium", "equilibria")} (${completeText(p.solved.nash.complete)}). Where each must still want to carry out its plan when its turn comes, ${p.solved.subgamePerfect?.complete === "some" ? "at least " : ""}${plural(perfect, "remains", "remain")}.`;
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
      return `Some of the others need ${actor} to announce “${actions}”${after === "" ? "" : ` after ${after}`}. That is not credible: once there, doing so would cost it ${grouped(t.cost, 2)} in its own values. Where choices err, it does so ${ofHundred(chance)} times in 100.`;
    });
  return [say([head, ...told].join(" "), { indent: 2 })];
}

function ruleBlocks(page: Page, p: PatternPlay): readonly Block[] {
  const { findings } = page;
  return p.rules
    .filter((r) => r.disagrees)
    .flatMap((r) => {
      const actor = bare(findings.players.find((x) => x.name === r.actor)?.label ?? r.actor);
      return [
        say(
          `The rule '${spaced(r.act)}' disagrees with the solved choice: it acts in ${ofHundred(r.happens)} of 100 runs as ${actor} sees it, and never doing so would be worth ${worthText(r.gain)} to it, in its own eyes.`,
          { indent: 2 },
        ),
      ];
    });
}

function doubtBlocks(page: Page, play: ViewPlay): readonly Block[] {
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
    heading("Of 10 beliefs, in how many each move is played in equilibrium"),
    tableOf({ heads: ["", "moves"], rows, align: "left" }, 2),
    say(
      `${plural(doubt.beliefs, "belief")} about claims, types and unknowns, drawn from this view. Each is solved as if all actors knew it, with luck averaged over ${plural(doubt.replicates, "run")}.${doubt.unsolved > 0 ? ` ${doubt.unsolved} had no equilibrium that could be listed.` : ""}`,
      { indent: 2 },
    ),
  ];
}
