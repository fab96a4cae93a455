/** Writes what `casus play` found as `casus/play@1`, from the one definition that its JSON Schema is made of. */

import { z } from "zod";
import type { FileGame } from "#analysis/play/play-file.ts";
import type { PatternPlay, PlayFindings } from "#analysis/play/play.ts";
import type { PrivatePlay } from "#analysis/play/private-types.ts";
import type { PayoffEstimate } from "#analysis/play/played.ts";
import type { TreeNode } from "#game/extensive.ts";
import type { SolutionList } from "#game/solution.ts";
import { choicesShape, figure, finite, provenanceDocument, provenanceShape, written } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";

const estimateShape = z.object({ mean: figure, se: figure.describe("standard error over simulated runs") });

const solutionShape = z.object({
  kind: z.enum(["nash", "subgame-perfect", "sequential-candidate", "logit"]),
  profile: z
    .array(z.array(z.number()))
    .describe("by player and strategy in a normal form, by information set and action in a tree: a probability"),
  exact: z.union([z.array(z.array(z.string())), z.null()]).describe("the same as fractions, for games typed in"),
  payoffs: z.array(figure).describe("expected, by player"),
  regret: z.number().describe("largest gain any player still has by a change of plan, over its payoff range"),
  localRegret: z
    .union([z.number(), z.null()])
    .describe(
      "the same in every subgame, the largest; for a sequential candidate at every information set; null in a normal form",
    ),
  component: z.union([z.number().int(), z.null()]).describe("equilibria with the same number are connected"),
  lambda: z.union([z.number(), z.null()]).describe("λ × payoff range, for logit"),
  complete: z.enum(["all", "all-extreme", "all-pure", "some"]).describe("whether the list it is from is whole"),
});

const listShape = z.object({
  kind: z.string(),
  method: z.string(),
  complete: z.enum(["all", "all-extreme", "all-pure", "some"]),
  why: z.union([z.string(), z.null()]).describe("why it may not be whole, or is empty"),
});

const setShape = z.object({ player: z.number().int(), label: z.string(), actions: z.array(z.string()) });

const nodeShape = z
  .array(
    z.object({
      kind: z.enum(["terminal", "chance", "decision"]),
      label: z.string(),
      set: z.union([z.number().int(), z.null()]),
      chances: z.union([z.array(z.number()), z.null()]),
      next: z.array(z.number().int()).describe("places of the nodes that follow"),
      payoffs: z.union([z.array(figure), z.null()]),
    }),
  )
  .describe("the tree, the root first");

const samplingShape = z.union([
  z.object({
    resamples: z.number().int(),
    share: z.number().describe("of resamples in which it is an equilibrium in every subgame"),
    low: figure,
    high: figure.describe("middle 90 % of its largest regret"),
  }),
  z.null(),
]);

const correctionShape = z.object({
  item: z
    .union([z.object({ kind: z.enum(["claim", "unknown", "takes"]), name: z.string() }), z.null()])
    .describe("null for all at once; takes: the actor that it took for what it is not"),
  worth: estimateShape,
  playChanges: z.boolean(),
  chances: z.array(z.number()).describe("by profile, after it"),
});

const patternShape = z.object({
  types: z.record(z.string(), z.boolean()).describe("truth of every claim that is a type"),
  chance: z.number().describe("in the view told"),
  sees: z.array(z.string()).describe("by player: the view it sees through"),
  payoffs: z.array(z.array(estimateShape)).describe("by player, by profile: its values in its own view"),
  tree: nodeShape,
  lists: z.array(listShape),
  solutions: z.array(solutionShape),
  chosen: z.union([solutionShape, z.null()]).describe("what is taken to be played"),
  chances: z.union([z.array(z.number()), z.null()]).describe("by profile, of what is taken to be played"),
  logitChances: z.union([z.array(z.number()), z.null()]).describe("by profile, at the λ asked for"),
  sampling: samplingShape,
  threats: z.array(
    z.object({ set: z.number().int(), player: z.number().int(), actions: z.array(z.number().int()), cost: z.number() }),
  ),
  expectations: z.array(
    z.object({
      actor: z.string(),
      view: z.string(),
      expected: estimateShape,
      comes: estimateShape,
      outcomes: z.array(z.object({ outcome: z.string(), expected: estimateShape, comes: estimateShape })),
    }),
  ),
  misjudgements: z.array(
    z.object({
      actor: z.string(),
      view: z.string(),
      whole: z.union([correctionShape, z.null()]),
      items: z.array(correctionShape),
    }),
  ),
  rules: z.array(
    z.object({
      policy: z.string(),
      actor: z.string(),
      act: z.string(),
      happens: z.number(),
      gain: estimateShape,
      disagrees: z.boolean(),
    }),
  ),
});

const hiddenShape = z.object({
  informed: z.string(),
  patterns: z.array(z.record(z.string(), z.boolean())).describe("what nature draws from"),
  priors: z.array(z.array(z.number())).describe("by player, by pattern: its own view's chance, among these"),
  sets: z
    .array(setShape.extend({ pattern: z.union([z.number().int(), z.null()]) }))
    .describe("pattern: the one known to be true there; null for those who do not know"),
  tree: nodeShape,
  lists: z.array(listShape),
  solutions: z.array(solutionShape),
  chosen: z.union([solutionShape, z.null()]),
  chances: z.union([z.array(z.array(z.number())), z.null()]).describe("by pattern, by profile, given the pattern"),
  logitChances: z.union([z.array(z.array(z.number())), z.null()]),
  beliefs: z
    .array(z.union([z.array(z.number()), z.null()]))
    .describe("by set: the chance of each pattern once there; null where it is not reached or known"),
  worth: z
    .union([z.array(z.array(estimateShape)), z.null()])
    .describe("by pattern, by player: of what is played, in its own view"),
  sampling: samplingShape,
});

export const playShape = z.object({
  schema: z.literal("casus/play@1"),
  provenance: z.union([provenanceShape, z.null()]).describe("null for a game file, which `title` names"),
  title: z.string(),
  form: z.enum(["case", "extensive", "normal"]),
  players: z
    .array(z.object({ name: z.string(), strategies: z.array(z.string()) }))
    .describe("strategies in a normal form only"),
  sets: z.array(setShape).describe("information sets of a tree"),
  profiles: z.array(choicesShape).describe("of a case: the ends of its tree, in order"),
  lambda: z.union([z.number(), z.null()]).describe("λ × payoff range told first"),
  views: z
    .array(
      z.object({
        view: z.string(),
        unsolved: z.number().describe("chance of the patterns of types that were not solved"),
        mixed: z.union([z.array(z.number()), z.null()]).describe("by profile: equilibria of the patterns, mixed"),
        logitMixed: z.union([z.array(z.number()), z.null()]),
        doubt: z.union([
          z.object({
            beliefs: z.number().int(),
            replicates: z.number().int(),
            shares: z.array(z.array(figure)).describe("by information set and action: share of beliefs"),
            unsolved: z.number().int(),
          }),
          z.null(),
        ]),
        patterns: z.array(patternShape),
        hidden: z.union([hiddenShape, z.null()]).describe("the same choices where one actor alone knows the types"),
      }),
    )
    .describe("of a case"),
  game: z
    .union([
      z.object({
        tree: nodeShape,
        payoffs: z
          .array(z.array(figure))
          .describe("of a normal form: by player, by cell, the first player's strategy turning fastest"),
        dominated: z.array(
          z.object({
            round: z.number().int(),
            player: z.number().int(),
            strategy: z.number().int(),
            by: z.array(z.number()),
          }),
        ),
        lists: z.array(listShape),
        solutions: z.array(solutionShape),
      }),
      z.null(),
    ])
    .describe("of a game file"),
});

type PlayDocument = z.infer<typeof playShape>;
type Nodes = z.infer<typeof nodeShape>;

export function playJson(findings: PlayFindings, provenance: Provenance): string {
  return written(playDocument(findings, provenance));
}

export function playDocument(findings: PlayFindings, provenance: Provenance): z.infer<typeof playShape> {
  return {
    schema: "casus/play@1",
    provenance: provenanceDocument(provenance, findings),
    title: provenance.title,
    form: "case",
    players: findings.players.map((p) => ({ name: p.name, strategies: [] })),
    sets: findings.sets.map(({ player, label, actions }) => ({ player, label, actions: [...actions] })),
    profiles: findings.profiles.map((p) => ({ ...p })),
    lambda: findings.request.lambda,
    views: findings.plays.map((play) => ({
      view: play.view,
      unsolved: play.unsolved,
      mixed: copied(play.mixed),
      logitMixed: copied(play.logitMixed),
      doubt: play.doubt === null ? null : { ...play.doubt, shares: play.doubt.shares.map((own) => own.map(finite)) },
      patterns: play.patterns.map(patternDocument),
      hidden: play.hidden === null ? null : hiddenDocument(play.hidden),
    })),
    game: null,
  };
}

export function playFileJson(file: FileGame): string {
  const lists = file.form === "normal" ? [file.solved.nash, file.solved.logit] : treeLists(file.solved);
  const document: PlayDocument = {
    schema: "casus/play@1",
    provenance: null,
    title: file.game.title,
    form: file.form,
    players:
      file.form === "normal"
        ? file.game.players.map((p) => ({ name: p.name, strategies: [...p.strategies] }))
        : file.game.players.map((name) => ({ name, strategies: [] })),
    sets:
      file.form === "normal"
        ? []
        : file.game.sets.map(({ player, label, actions }) => ({ player, label, actions: [...actions] })),
    profiles: [],
    lambda: null,
    views: [],
    game: {
      tree: file.form === "normal" ? [] : nodesOf(file.game.root, (v) => v.valueOf()),
      payoffs: file.form === "normal" ? file.game.payoffs.map((own) => own.map((v) => finite(v.valueOf()))) : [],
      dominated: file.form === "normal" ? file.solved.dominated.map((d) => ({ ...d, by: [...d.by] })) : [],
      ...listDocuments(lists),
    },
  };
  return written(document);
}

function hiddenDocument(h: PrivatePlay): z.infer<typeof hiddenShape> {
  return {
    informed: h.informed,
    patterns: h.patterns.map((p) => ({ ...p.claims })),
    priors: h.priors.map((own) => [...own]),
    sets: h.sets.map(({ player, label, actions, pattern }) => ({ player, label, actions: [...actions], pattern })),
    tree: nodesOf(h.game.root, (v) => v),
    ...listDocuments(treeLists(h.solved)),
    chosen: chosenDocument(h),
    chances: h.chances?.map((own) => [...own]) ?? null,
    logitChances: h.logitChances?.map((own) => [...own]) ?? null,
    beliefs: h.beliefs.map(copied),
    worth: h.worth?.map((own) => own.map(estimateDocument)) ?? null,
    sampling: samplingDocument(h.sampling),
  };
}

/** With what its list says of how far it is whole. */
function chosenDocument({
  chosen,
  solved,
}: Pick<PatternPlay, "chosen" | "solved">): z.infer<typeof solutionShape> | null {
  if (chosen === null) return null;
  const list = [solved.subgamePerfect, solved.sequential].find((l) => l?.kind === chosen.kind);
  const [document = null] = solutionDocuments({ complete: list?.complete ?? "some", solutions: [chosen] });
  return document;
}

function samplingDocument(s: PatternPlay["sampling"]): z.infer<typeof samplingShape> {
  return s === null ? null : { ...s, low: finite(s.low), high: finite(s.high) };
}

function patternDocument(p: PatternPlay): PlayDocument["views"][number]["patterns"][number] {
  return {
    types: { ...p.pattern.claims },
    chance: p.pattern.chance,
    sees: [...p.views],
    payoffs: p.payoffs.map((own) => own.map(estimateDocument)),
    tree: nodesOf(p.game.root, (v) => v),
    ...listDocuments(treeLists(p.solved)),
    chosen: chosenDocument(p),
    chances: copied(p.chances),
    logitChances: copied(p.logitChances),
    sampling: samplingDocument(p.sampling),
    threats: p.threats.map((t) => ({ ...t, actions: [...t.actions] })),
    expectations: p.expectations.map((e) => ({
      actor: e.actor,
      view: e.view,
      expected: estimateDocument(e.expected),
      comes: estimateDocument(e.comes),
      outcomes: e.outcomes.map((o) => ({
        outcome: o.outcome,
        expected: estimateDocument(o.expected),
        comes: estimateDocument(o.comes),
      })),
    })),
    misjudgements: p.misjudgements.map((m) => ({
      actor: m.actor,
      view: m.view,
      whole: m.whole === null ? null : correctionDocument(m.whole),
      items: m.items.map(correctionDocument),
    })),
    rules: p.rules.map((r) => ({ ...r, gain: estimateDocument(r.gain) })),
  };
}

function correctionDocument(
  c: NonNullable<PatternPlay["misjudgements"][number]["whole"]>,
): z.infer<typeof correctionShape> {
  return {
    item: c.item === null ? null : { ...c.item },
    worth: estimateDocument(c.worth),
    playChanges: c.playChanges,
    chances: [...c.chances],
  };
}

function estimateDocument(e: PayoffEstimate): z.infer<typeof estimateShape> {
  return { mean: finite(e.mean), se: finite(e.se) };
}

function treeLists(solved: PatternPlay["solved"]): readonly SolutionList[] {
  return [solved.subgamePerfect, solved.sequential, solved.nash, solved.logit].flatMap((l) => l ?? []);
}

function listDocuments(lists: readonly SolutionList[]): {
  lists: z.infer<typeof listShape>[];
  solutions: z.infer<typeof solutionShape>[];
} {
  return {
    lists: lists.map(({ kind, method, complete, why }) => ({ kind, method, complete, why })),
    solutions: lists.flatMap(solutionDocuments),
  };
}

function solutionDocuments({
  complete,
  solutions,
}: Pick<SolutionList, "complete" | "solutions">): z.infer<typeof solutionShape>[] {
  return solutions.map((s) => ({
    kind: s.kind,
    profile: s.profile.map((own) => [...own]),
    exact: s.exact === null ? null : s.exact.map((own) => [...own]),
    payoffs: s.payoffs.map(finite),
    regret: s.regret,
    localRegret: s.localRegret,
    component: s.component,
    lambda: s.lambda,
    complete,
  }));
}

function copied(values: readonly number[] | null): number[] | null {
  return values === null ? null : [...values];
}

function nodesOf<T>(root: TreeNode<T>, number: (v: T) => number): Nodes {
  const nodes: Nodes = [];
  const add = (node: TreeNode<T>): number => {
    const place =
      nodes.push({
        kind: node.kind,
        label: node.label,
        set: node.kind === "decision" ? node.set : null,
        chances: node.kind === "chance" ? node.moves.map((m) => number(m.chance)) : null,
        next: [],
        payoffs: node.payoffs === null ? null : node.payoffs.map((v) => finite(number(v))),
      }) - 1;
    const below = node.kind === "terminal" ? [] : node.kind === "chance" ? node.moves.map((m) => m.next) : node.next;
    const own = nodes[place] as Nodes[number];
    for (const next of below) own.next.push(add(next));
    return place;
  };
  add(root);
  return nodes;
}
