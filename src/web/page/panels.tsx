/** Shows the panels found when the page was made: words, tables and pictures. Opened on request; nothing is run. */

import { For, Match, Show, Switch, type JSX } from "solid-js";
import { tableNode, type Panel, type PanelBlock } from "#internal.ts";
import { Chart } from "./chart.tsx";
import { NodeView } from "./node-view.tsx";

export default function PanelView(props: { readonly panel: Panel }): JSX.Element {
  return (
    <div class="panel">
      <Show when={props.panel.under !== ""}>
        <p class="under">{props.panel.under}</p>
      </Show>
      <Blocks blocks={props.panel.blocks} />
    </div>
  );
}

/** One picture of a panel, for a frame in somebody's own page. */
export function PanelPicture(props: { readonly panels: readonly Panel[]; readonly id: string }): JSX.Element {
  const found = props.panels.flatMap((p) => picturesIn(p.blocks)).find((b) => b.id === props.id);
  return (
    <Show when={found} fallback={<p>This page has no picture of that name.</p>}>
      {(b) => <BlockView block={b()} />}
    </Show>
  );
}

function picturesIn(blocks: readonly PanelBlock[]): readonly Extract<PanelBlock, { kind: "figure" }>[] {
  return blocks.flatMap((b) => (b.kind === "figure" ? [b] : b.kind === "disclosure" ? picturesIn(b.blocks) : []));
}

function Blocks(props: { readonly blocks: readonly PanelBlock[] }): JSX.Element {
  return <For each={props.blocks}>{(block) => <BlockView block={block} />}</For>;
}

/** Narrower than this, a picture made for a phone reads better. */
const narrowBelow = 520;

function BlockView(props: { readonly block: PanelBlock }): JSX.Element {
  const of = <K extends PanelBlock["kind"]>(kind: K): Extract<PanelBlock, { kind: K }> | false =>
    props.block.kind === kind ? (props.block as Extract<PanelBlock, { kind: K }>) : false;
  return (
    <Switch>
      <Match when={of("heading")}>{(b) => <h4>{b().text}</h4>}</Match>
      <Match when={of("paragraph")}>
        {(b) => <p class={b().tone === "faint" ? "under" : undefined}>{`${b().lead ?? ""}${b().text}`}</p>}
      </Match>
      <Match when={of("link")}>
        {(b) => (
          <p>
            {b().before}
            <a href={b().target} rel="noreferrer">
              {b().target}
            </a>
            {b().after}
          </p>
        )}
      </Match>
      <Match when={of("list")}>{(b) => <Items items={b().items} />}</Match>
      <Match when={of("table")}>
        {(b) => (
          <div class="scroll" tabIndex={0} role="region" aria-label={b().table.caption}>
            <NodeView node={tableNode(b().table)} />
          </div>
        )}
      </Match>
      <Match when={of("figure")}>
        {(b) => (
          <Chart
            id={b().id}
            draw={(w) => (w < narrowBelow ? b().narrow : b().wide)}
            table={() => b().table}
            source=""
            isFresh
          />
        )}
      </Match>
      <Match when={of("entries")}>
        {(b) => (
          <For each={b().entries}>
            {(e) => (
              <article>
                <h4>{e.badge === null ? e.title : `${e.title}: ${e.badge}`}</h4>
                <Show when={e.text !== ""}>
                  <p>{e.text}</p>
                </Show>
                <For each={e.notes}>{(n) => <p class="under">{n}</p>}</For>
              </article>
            )}
          </For>
        )}
      </Match>
      <Match when={of("box")}>
        {(b) => (
          <>
            <h4>{b().title}</h4>
            <Items items={b().items} />
          </>
        )}
      </Match>
      <Match when={of("disclosure")}>
        {(b) => (
          <details>
            <summary>{b().title}</summary>
            <Blocks blocks={b().blocks} />
          </details>
        )}
      </Match>
    </Switch>
  );
}

function Items(props: { readonly items: readonly string[] }): JSX.Element {
  return (
    <ul>
      <For each={props.items}>{(t) => <li>{t}</li>}</For>
    </ul>
  );
}
