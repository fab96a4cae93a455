/** The question, and who says so. */

import { type JSX } from "solid-js";
import { byline, kickerWords, type Model } from "#internal.ts";

export function Masthead(props: { readonly model: Model }): JSX.Element {
  return (
    <header class="masthead">
      <p class="kicker">
        <strong>Casus</strong> <span>{kickerWords(props.model)}</span>
      </p>
      <h1 dir="auto">{props.model.title}</h1>
      <p class="byline" dir="auto">
        {byline(props.model)}
      </p>
    </header>
  );
}
