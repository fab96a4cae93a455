/** Draws what `casus explain` and `casus flip` found as files: bars, strips, a tornado, a map of two claims. */

import type { ExplainFindings, FlipFindings, TargetHead, ViewFlips } from "#analysis/carries/explain.ts";
import type { Model } from "#model/model.ts";
import { contributionBars } from "../charts/contribution-bars.ts";
import { flipStrips } from "../charts/flip-strips.ts";
import { tornado } from "../charts/tornado.ts";
import { twoWayMap } from "../charts/two-way-map.ts";
import { contributionsOf, flipsOf, mapOf } from "../sections/explain-figures.ts";
import { viewText } from "../words/explain-words.ts";
import { unknownsOf } from "../sections/unknown-figures.ts";
import { standalone, type ChartHead } from "../picture/picture.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { bare } from "../words/words.ts";

/** A picture and what its file is called after: `bars`, `strips`, `tornado`, `map`. */
export interface PictureFile {
  readonly name: string;
  readonly svg: string;
}

const width = 760;

/** For the first view that could be told. */
export function explainPictures(f: ExplainFindings, provenance: Provenance): readonly PictureFile[] {
  const told = f.explained.find((e) => e.found.refusal === null);
  if (told === undefined) return [];
  const head = headOf({
    id: "bars",
    title: "What carries it",
    target: f.target,
    view: viewText(told.view, told.label),
    provenance,
    setup: f,
  });
  const data = contributionsOf(f.target, told);
  if (data === null) return [];
  return [{ name: "bars", svg: standalone(contributionBars(data, head, width)) }];
}

/** For the first view that could be told: strips of credences; a tornado of unknowns where they were asked for; a map of the first pair that turns it. */
export function flipPictures(model: Model, f: FlipFindings, provenance: Provenance): readonly PictureFile[] {
  const told = f.flipped.find((v) => v.found.now.refusal === null);
  if (told === undefined) return [];
  const strips = flipsOf(told);
  const head = (id: string, title: string): ChartHead =>
    headOf({ id, title, target: f.target, view: viewText(told.view, told.label), provenance, setup: f });
  return [
    ...(strips === null
      ? []
      : [{ name: "strips", svg: standalone(flipStrips(strips, head("strips", "What would reverse it"), width)) }]),
    ...tornadoOf(model, told, f.target, head("tornado", "Unknowns, from their 5 % to their 95 % point")),
    ...mapPicture(told, f.target, head("map", "Two claims together")),
  ];
}

interface HeadOfInput {
  readonly id: string;
  readonly title: string;
  readonly target: TargetHead;
  readonly view: string;
  readonly provenance: Provenance;
  readonly setup: Parameters<typeof provenanceText>[1];
}

function headOf({ id, title, target, view, provenance, setup }: HeadOfInput): ChartHead {
  return {
    id,
    title: `${title}: ${bare(target.label)}`,
    subtitle: `Under ${view}`,
    caption: provenanceText(provenance, setup),
  };
}

function tornadoOf(model: Model, v: ViewFlips, target: TargetHead, head: ChartHead): readonly PictureFile[] {
  const data = unknownsOf(model, v, target);
  return data === null ? [] : [{ name: "tornado", svg: standalone(tornado(data, head, width)) }];
}

function mapPicture(v: ViewFlips, target: TargetHead, head: ChartHead): readonly PictureFile[] {
  const data = mapOf(v, target.threshold);
  return data === null ? [] : [{ name: "map", svg: standalone(twoWayMap(data, head, width)) }];
}
