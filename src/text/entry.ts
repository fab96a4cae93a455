/** The shape of a catalogue entry: what a code says once its parameters are known. */

export type Severity = "error" | "warning";

/** `severity` is an error unless it says otherwise. */
export interface Entry {
  readonly severity?: Severity;
  /** What is wrong. */
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
}
