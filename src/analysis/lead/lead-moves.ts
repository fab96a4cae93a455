/** Follows a moving mind: the picture a view's runs gave, changed by what its sheet says of the claims moved since. */

import type { Beliefs } from "#ensemble/table/claim-law.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import type { Model } from "#model/model.ts";
import { marginShares, type Lead } from "./lead.ts";
import type { LeadPicture, SidePicture } from "./lead-picture.ts";
import { openSheet, type OpenSheet } from "./lead-sheet.ts";

/** A picture as it stands for some mind. */
export interface LeadState {
  /** By side: the figure that is judged, in base units. */
  readonly figures: readonly number[];
  readonly sides: readonly SidePicture[];
  readonly nodes: LeadPicture["nodes"];
  /** By claim: what it carries of the margin, in base units. */
  readonly shares: ReadonlyMap<string, number>;
}

/** Figures, and whose they are. */
interface FiguresOf {
  readonly figures: readonly number[];
  readonly beliefs: Beliefs;
}

/** Where a picture starts: what its runs gave, the figures found of it, and whose they are. */
export interface LeadStart extends FiguresOf {
  readonly picture: LeadPicture;
  /** Figures found since of a mind nearer to the one asked for; null where there are none. */
  readonly nearer: FiguresOf | null;
}

/** From a start and a mind to the picture for that mind; made once. At the start itself nothing is changed. */
export function leadFollower(model: Model, lead: Lead): (start: LeadStart, now: Beliefs) => LeadState {
  const { follows, plan } = lead;
  const sheet = follows === null ? null : openSheet(model, follows.sheet);
  const own =
    follows === null
      ? []
      : plan.sides.map((_, side) => follows.places.findIndex((p) => p.kind === "own" && p.side === side));
  // What the sheet says of the view that shares are anchored at.
  let anchored: { readonly view: string; readonly shares: ReadonlyMap<string, number> } | null = null;
  // Of the start and of what was found since.
  let known: readonly { readonly beliefs: Beliefs; readonly values: Float64Array }[] = [];
  return (start, now) => {
    const { picture } = start;
    const nearest = start.nearer ?? start;
    if (sheet === null || follows === null || picture.sides.length === 0)
      return { figures: nearest.figures, sides: picture.sides, nodes: picture.nodes, shares: sharesOf(picture.view) };
    known = [start.beliefs, nearest.beliefs].map(
      (beliefs) => known.find((k) => k.beliefs === beliefs) ?? { beliefs, values: sheet.values(beliefs) },
    );
    const [from, near] = known.map((k) => k.values) as [Float64Array, Float64Array];
    const to = sheet.values(now);
    const moved = follows.places.map((_, i) => (to[i] as number) - (from[i] as number));
    const isChance = plan.sides.every((s) => s.figure.statistic === "chance");
    const within = (value: number): number => (isChance ? Math.max(0, Math.min(1, value)) : value);
    const figures = nearest.figures.map((f, side) => {
      const place = own[side] ?? -1;
      return place < 0 ? f : within(f + ((to[place] as number) - (near[place] as number)));
    });
    return {
      figures,
      sides: picture.sides.map((s, side) =>
        movedSide({ lead, picture, s, side, figure: figures[side] ?? Number.NaN, moved, within }),
      ),
      nodes: picture.nodes.map((bySide, node) =>
        bySide.map((value, side) => {
          const at = follows.places.findIndex((p) => p.kind === "node" && p.node === node && p.side === side);
          const isTruth = lead.chain?.nodes[node]?.reads?.isTruth === true;
          if (value === null || at < 0) return value;
          const next = value + (moved[at] as number);
          return isTruth ? Math.max(0, Math.min(1, next)) : value >= 0 ? Math.max(0, next) : next;
        }),
      ),
      shares: movedShares(picture.view, sheet, now),
    };
  };

  function sharesOf(view: string): ReadonlyMap<string, number> {
    return new Map((lead.carried.find((c) => c.view === view)?.shares ?? []).map((s) => [s.claim, s.share]));
  }

  /** What `explain` has for the view begun from, or for the first, and what the sheet says of the difference since; the sheet alone where `explain` has nothing. */
  function movedShares(view: string, of: OpenSheet, now: Beliefs): ReadonlyMap<string, number> {
    const bySheet = marginShares(model, plan, of, now, own);
    const anchor = lead.carried.find((c) => c.view === view) ?? lead.carried[0];
    if (anchor === undefined) return bySheet;
    const from = mindOf(model, anchor.view);
    const shares = sharesOf(anchor.view);
    if (believesAs(from, now)) return shares;
    if (anchored?.view !== anchor.view)
      anchored = { view: anchor.view, shares: marginShares(model, plan, of, from, own) };
    const before = anchored.shares;
    return new Map(
      [...new Set([...shares.keys(), ...bySheet.keys()])].map((claim) => [
        claim,
        (shares.get(claim) ?? 0) + (bySheet.get(claim) ?? 0) - (before.get(claim) ?? 0),
      ]),
    );
  }
}

/** Whether two minds believe the same of every claim. */
function believesAs(a: Beliefs, b: Beliefs): boolean {
  return a.credences === b.credences || JSON.stringify(a.credences) === JSON.stringify(b.credences);
}

interface MovedSideInput {
  readonly lead: Lead;
  readonly picture: LeadPicture;
  readonly s: SidePicture;
  readonly side: number;
  readonly figure: number;
  readonly moved: readonly number[];
  readonly within: (value: number) => number;
}

function movedSide({ lead, picture, s, side, figure, moved, within }: MovedSideInput): SidePicture {
  const { places } = lead.follows ?? { places: [] };
  const { kind } = lead.plan.shape;
  const ownMove = moved[places.findIndex((p) => p.kind === "own" && p.side === side)] ?? 0;
  if (kind === "dots") return { ...s, middle: s.middle.map((v) => within(v + ownMove)) };
  const last = picture.times.length - 1;
  const known = places.flatMap((p, i) =>
    p.kind === "point" && p.side === side ? [{ place: p.place, by: moved[i] as number }] : [],
  );
  const end = kind === "curves" ? figure - (s.middle[last] ?? figure) : (known.at(-1)?.by ?? ownMove);
  const knots = [
    ...(known.some((k) => k.place === 0) ? [] : [{ place: 0, by: 0 }]),
    ...known,
    { place: last, by: end },
  ];
  const changes = picture.times.map((_, i) => {
    const next = Math.max(
      1,
      knots.findIndex((k) => k.place >= i),
    );
    const [a, b] = [knots[next - 1] ?? { place: 0, by: 0 }, knots[next] ?? { place: last, by: end }];
    const share = b.place === a.place ? 1 : (i - a.place) / (b.place - a.place);
    return a.by + (b.by - a.by) * share;
  });
  const shift = (values: readonly number[]): readonly number[] => values.map((v, i) => within(v + (changes[i] ?? 0)));
  const both = (r: SidePicture["range"]): SidePicture["range"] =>
    r === null ? null : { low: shift(r.low), high: shift(r.high) };
  return { ...s, middle: shift(s.middle), range: both(s.range), half: both(s.half) };
}
