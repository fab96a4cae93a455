/** Writes what `casus play` found as `casus/play@1`, from the one definition that its JSON Schema is made of. */

import { z } from "zod";
import type { FileGame } from "#analysis/play/play-file.ts";
import type { PatternPlay, PlayFindings } from "#analysis/play/play.ts";
import type { PrivatePlay } from "#analysis/play/private-types.ts";
import type { TreeNode } from "#game/extensive.ts";
import type { Solution, SolutionList } from "#game/solution.ts";
import { from, writeFinding } from "./codec.ts";
import { choicesShape, figure, provenanceShape } from "./json.ts";
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

/** Of a tree that was solved. */
const solvedFields = {
  tree: from(({ game }: SolvedTree) => nodesOf(game.root, (v) => v), nodeShape),
  lists: from(({ solved }: SolvedTree) => treeLists(solved), z.array(listShape)),
  solutions: from(({ solved }: SolvedTree) => treeLists(solved).flatMap(solutionsIn), z.array(solutionShape)),
  chosen: from(chosenOf, z.union([solutionShape, z.null()]).describe("what is taken to be played")),
};

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
  types: from(
    ({ pattern }: PatternPlay) => pattern.claims,
    z.record(z.string(), z.boolean()).describe("truth of every claim that is a type"),
  ),
  chance: from(
    ({ pattern }: PatternPlay) => pattern.chance,
    z.number().describe("in the view that the figures are for"),
  ),
  sees: from((p: PatternPlay) => p.views, z.array(z.string()).describe("by player: the view it sees through")),
  payoffs: z.array(z.array(estimateShape)).describe("by player, by profile: its values in its own view"),
  ...solvedFields,
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
  patterns: from(
    ({ patterns }: PrivatePlay) => patterns.map((p) => p.claims),
    z.array(z.record(z.string(), z.boolean())).describe("what nature draws from"),
  ),
  priors: z.array(z.array(z.number())).describe("by player, by pattern: its own view's chance, among these"),
  sets: z
    .array(setShape.extend({ pattern: z.union([z.number().int(), z.null()]) }))
    .describe("pattern: the one known to be true there; null for those who do not know"),
  ...solvedFields,
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
        dominanceCut: z.boolean().describe("not all mixtures were looked for that may dominate a strategy"),
        lists: z.array(listShape),
        solutions: z.array(solutionShape),
      }),
      z.null(),
    ])
    .describe("of a game file"),
});

export function playJson(findings: PlayFindings, provenance: Provenance): string {
  return writeFinding(playShape, partsOfPlay(findings, provenance));
}

/** What the document is written from. */
export function partsOfPlay(findings: PlayFindings, provenance: Provenance): object {
  return {
    ...findings,
    provenance: { ...provenance, ...findings },
    title: provenance.title,
    form: "case",
    players: findings.players.map((p) => ({ ...p, strategies: [] })),
    lambda: findings.request.lambda,
    views: findings.plays,
    game: null,
  };
}

export function playFileJson(file: FileGame): string {
  const isNormal = file.form === "normal";
  const lists = isNormal ? [file.solved.nash, file.solved.logit] : treeLists(file.solved);
  return writeFinding(playShape, {
    provenance: null,
    title: file.game.title,
    form: file.form,
    players: isNormal ? file.game.players : file.game.players.map((name) => ({ name, strategies: [] })),
    sets: isNormal ? [] : file.game.sets,
    profiles: [],
    lambda: null,
    views: [],
    game: {
      tree: isNormal ? [] : nodesOf(file.game.root, (v) => v.valueOf()),
      payoffs: isNormal ? file.game.payoffs.map((own) => own.map((v) => v.valueOf())) : [],
      dominated: isNormal ? file.solved.dominated : [],
      dominanceCut: isNormal && file.solved.isDominanceCut,
      lists,
      solutions: lists.flatMap(solutionsIn),
    },
  });
}

type SolvedTree = Pick<PatternPlay, "game" | "solved" | "chosen">;
type ToldSolution = Solution & Pick<SolutionList, "complete">;

/** With what its list says of how far it is whole. */
function chosenOf({ chosen, solved }: SolvedTree): ToldSolution | null {
  if (chosen === null) return null;
  const list = [solved.subgamePerfect, solved.sequential].find((l) => l?.kind === chosen.kind);
  return { ...chosen, complete: list?.complete ?? "some" };
}

function treeLists(solved: SolvedTree["solved"]): readonly SolutionList[] {
  return [solved.subgamePerfect, solved.sequential, solved.nash, solved.logit].flatMap((l) => l ?? []);
}

function solutionsIn({ complete, solutions }: SolutionList): readonly ToldSolution[] {
  return solutions.map((s) => ({ ...s, complete }));
}

type Nodes = z.infer<typeof nodeShape>;

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
        payoffs: node.payoffs?.map(number) ?? null,
      }) - 1;
    const below = node.kind === "terminal" ? [] : node.kind === "chance" ? node.moves.map((m) => m.next) : node.next;
    const own = nodes[place] as Nodes[number];
    for (const next of below) own.next.push(add(next));
    return place;
  };
  add(root);
  return nodes;
}
