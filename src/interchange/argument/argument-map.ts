/** An argument map, as Argdown and AIF have it: who says what, and what supports or attacks what. */

export interface ArgumentMap {
  readonly title: string | null;
  /** In the order of the file; each once. */
  readonly statements: readonly MapStatement[];
  readonly relations: readonly MapRelation[];
}

export interface MapStatement {
  /** The file's own name or number for it. */
  readonly key: string;
  readonly text: string;
  /** An argument stands for a step of reasoning, a claim for what is said. */
  readonly kind: "claim" | "argument";
}

export interface MapRelation {
  readonly from: string;
  readonly to: string;
  readonly kind: "supports" | "attacks" | "undercuts" | "contradicts";
}
