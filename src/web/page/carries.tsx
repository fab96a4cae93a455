/** What carries the verdict, claim by claim, as the table tells it; shown beside the verdict, moved as the reader moves. */

import { Show, type JSX } from "solid-js";
import { contributionBars, contributionTable } from "#internal.ts";
import { Chart } from "./chart.tsx";
import type { Page } from "./page.ts";
import { provenanceLine } from "./provenance.ts";

export default function Carries(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  return (
    <Show when={page.reading()?.contributions} fallback={<p class="under">{missingWords(page)}</p>}>
      {(contributions) => (
        <Chart
          id="carries"
          draw={(w, caption) =>
            contributionBars(contributions(), { id: "carries", title: "", subtitle: "", caption }, w)
          }
          table={() => contributionTable(contributions())}
          source={provenanceLine(page)}
          isFresh={page.isReadingFresh()}
        />
      )}
    </Show>
  );
}

/** Why the page does not show what each claim contributes. */
function missingWords(page: Page): string {
  const table = page.table();
  if (table === null)
    return document.querySelector('meta[name="casus-live"]') === null
      ? "This page came without the table of what each claim contributes; on the command line, casus explain shows it."
      : "The table of contributions is being made, which takes a minute or two for a large case; it will appear here.";
  if (!table.conclusions.includes(page.settings.conclusion))
    return "This page had no room for what each claim contributes to this conclusion; on the command line, casus explain shows it.";
  return "The table of this page does not show what each claim contributes here: the ranges of its unknowns were changed, or hardly any of its runs fits what you believe.";
}
