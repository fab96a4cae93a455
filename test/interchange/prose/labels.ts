/** What each sentence of four texts asserts, labelled by hand before any cue was written; where two kinds are right, both stand. */

export interface LabelledText {
  readonly title: string;
  /** In `texts/`, or a path outside the repository that may be missing. */
  readonly file: string;
  /** By paragraph, what its sentences assert, in order: kinds joined by `|`, or `-` for nothing a model could turn on. */
  readonly labels: Readonly<Record<number, string>>;
}

export const labelledTexts: readonly LabelledText[] = [
  {
    title: "Roosevelt 1941",
    file: "roosevelt-1941.txt",
    labels: {
      1: `- comparison historical historical - historical historical historical historical -
          historical historical historical historical - historical historical prescription prescription comparison
          - - historical - causal - prediction comparison prediction prediction
          prediction - prescription prescription prescription prediction - causal prediction historical
          prediction prediction prediction causal - - prescription - - prediction
          move move|causal causal move causal historical historical - prescription -`,
    },
  },
  {
    title: "Cleveland 1887",
    file: "cleveland-1887.txt",
    labels: {
      1: `- comparison - causal causal - prediction prescription prediction historical
          historical historical|causal historical historical historical historical prediction prediction prescription -
          historical causal - - prescription causal|prediction - prediction|causal prescription|causal prescription
          prescription - causal - causal - causal causal|prediction|prescription - -
          comparison prescription causal - causal`,
    },
  },
  {
    title: "Monroe 1823",
    file: "monroe-1823.txt",
    labels: {
      1: `historical - - comparison causal - historical|move historical|move - historical
          - - comparison causal|prediction - prediction|comparison prescription comparison|historical historical historical|comparison
          historical historical historical causal causal causal causal causal|comparison - -
          causal prescription`,
    },
  },
];

/** The first case's article, which is its readers' own; the kinds are those of the case's claims. */
export const articleLabels: LabelledText = {
  title: "the first case's article",
  file: "bugajski-2022.txt",
  labels: {
    0: "-",
    1: "motive",
    2: "motive|denial motive|denial motive|causal prediction|causal",
    3: "move move",
    4: "move prescription causal",
    5: "prescription prescription",
    6: "prescription|causal prescription|causal",
    7: "causal|premise|motive",
    8: "causal|motive causal causal|prediction causal|prediction",
    9: "historical|causal causal|prediction historical prediction|causal",
    10: "- - -",
    11: "-",
  },
};
