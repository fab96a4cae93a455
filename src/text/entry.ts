/** The shape of a catalogue entry: what a code says once its parameters are known. */

export type Severity = "error" | "warning";

/** `severity` is an error unless it says otherwise. */
export interface Entry {
  readonly severity?: Severity;
  /** What is wrong. */
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
  /** The hint as text in place of what is wrong: one, or several to choose from, the likeliest first; "" removes it. */
  readonly replace?: readonly string[];
  /** True where the one text is a guess that nothing should take unasked. */
  readonly isGuess?: boolean;
}
