/** A case's text in, its gate table out: what the tests of tables and of what is read from them begin with. */

import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import type { Model } from "#model/model.ts";
import { askedOf, buildTable, type TableRequest } from "#ensemble/table/build-table.ts";
import { standing } from "#ensemble/profiles.ts";
import type { Table } from "#ensemble/table/table.ts";
import { quickLab } from "../lab.ts";

export function modelOf(text: string): Model {
  const document = { name: "t.casus", text: `case t "T"\n${text}` };
  const [file, syntax] = parse(document);
  const [model, problems] = check([file], [document]);
  const errors = [...syntax, ...problems].filter((d) => d.severity === "error");
  if (model === null) throw new Error(errors.map((d) => d.message).join("\n"));
  return model;
}

export const request: TableRequest = {
  view: "case",
  serves: ["case"],
  seed: 1,
  worlds: 256,
  patterns: 2048,
  exact: 12,
};

/** On this thread, with the fast engine: its bits are those of the interpreter. */
export const lab = quickLab();

export function tableOf(model: Model, targets: readonly string[], more: Partial<TableRequest> = {}): Promise<Table> {
  return buildTable(
    model,
    targets.map((t) => askedOf(model, t)),
    standing(model, {}),
    { ...request, ...more },
    lab,
  );
}

/** g3 and (g1 or g2), credences .7 .6 .9: the case whose every figure is known by hand. */
export const threeGates = `
claim g1 causal "One." { credence 70% }
claim g2 causal "Two." { credence 60% }
claim g3 causal "Three." { credence 90% }
claim idle causal "Nothing hangs on it." { credence 50% }
outcome y = g3 and (g1 or g2)
conclusion half "More likely than not": chance(y) > 50%
`;

/** Hazards that add: P = 1 − exp(−Σ r) over a year, r = .2 .5 1. */
export const addedHazards = `
time 2024-01 to 2025-01 by month
claim a causal "A." { credence 100% }
claim b causal "B." { credence 100% }
claim c causal "C." { credence 100% }
event fall "It falls" rate
    20 percent/year because a
  + 50 percent/year because b
  + 100 percent/year because c
outcome fallen = happened(fall)
conclusion falls "It falls": chance(fallen) > 10%
`;
