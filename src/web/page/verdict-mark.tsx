/** A verdict as a sign with its word: never by colour alone. */

import type { JSX } from "solid-js";
import type { Verdict } from "#internal.ts";
import { verdictClass, verdictMeaning, verdictSigns } from "./words.ts";

export function VerdictMark(props: {
  readonly verdict: Verdict;
  readonly refusal?: boolean;
  readonly isShort?: boolean;
}): JSX.Element {
  return (
    <span class={`verdict ${verdictClass[props.verdict]}`} title={verdictMeaning[props.verdict]}>
      <span aria-hidden="true">{props.refusal === true ? "–" : verdictSigns[props.verdict]}</span>{" "}
      <span classList={{ "visually-hidden": props.isShort === true }}>
        {props.refusal === true ? "not told" : props.verdict}
      </span>
    </span>
  );
}
