/** Says what a view believes of every claim and unknown. */

import { Refused } from "#text/refused.ts";
import type { CredenceRow, Distribution, Model } from "#model/model.ts";

/** The name of the case's own credences and distributions, beside the views it declares; a reserved word, so no view has it. */
export const ownView = "case";

export interface Mind {
  readonly name: string;
  readonly label: string;
  /** By claim; first row whose condition holds counts. */
  readonly credences: Readonly<Record<string, readonly CredenceRow[]>>;
  /** By unknown. */
  readonly distributions: Readonly<Record<string, Distribution>>;
}

/** The case's own view first, then the declared ones. */
export function viewNames(model: Model): readonly string[] {
  return [ownView, ...model.views.map((v) => v.name)];
}

/** Every view worth telling apart: the declared ones, and the case's own unless one of them believes just the same. */
export function distinctViews(model: Model): readonly string[] {
  const declared = model.views.map((v) => v.name);
  return model.views.some((v) => v.differs.length === 0) ? declared : [ownView, ...declared];
}

/** By view, the first of them that believes the same of every claim and unknown: what is drawn for the one is drawn for the other. */
export function firstAlike(model: Model, views: readonly string[]): ReadonlyMap<string, string> {
  const firsts = new Map<string, string>();
  return new Map(
    [...new Set(views)].map((view) => {
      const { credences, distributions } = mindOf(model, view);
      const rows = Object.entries(credences).map(([claim, all]) => [claim, all.map((r) => [r.credence, r.given])]);
      const key = JSON.stringify([rows, distributions]);
      const first = firsts.get(key) ?? view;
      firsts.set(key, first);
      return [view, first];
    }),
  );
}

/** Throws `Refused` for a view the model does not have. */
export function mindOf(model: Model, view: string): Mind {
  if (view === ownView) {
    return {
      name: ownView,
      label: "the case's own figures",
      credences: Object.fromEntries(model.claims.map((c) => [c.name, c.credences])),
      distributions: Object.fromEntries(model.unknowns.map((u) => [u.name, u.distribution])),
    };
  }
  const found = model.views.find((v) => v.name === view);
  if (found === undefined) throw new Refused(`the model has no view '${view}'`);
  return { name: found.name, label: found.label, credences: found.credences, distributions: found.distributions };
}
