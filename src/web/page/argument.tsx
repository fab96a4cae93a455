/** A case that reads: the question, who says what, the claims, and what follows from them. */

import {
  createEffect,
  createSignal,
  For,
  lazy,
  on,
  onCleanup,
  onMount,
  Show,
  Suspense,
  type Accessor,
  type JSX,
} from "solid-js";
import type { Document, Model, PageData, Panel } from "#internal.ts";
import { Claims, type Light } from "./claims.tsx";
import { Follows } from "./follows.tsx";
import { saveText } from "./downloads.ts";
import { Foot } from "./foot.tsx";
import { Finding } from "./heading.tsx";
import { First } from "./first/first.tsx";
import { Masthead } from "./first/masthead.tsx";
import { Near } from "./near.tsx";
import { pageOf, type Page, type PageParts } from "./page.ts";
import type { Settings } from "./settings.ts";
import { headsShown, Views } from "./views.tsx";
import { Conclusions } from "./conclusions.tsx";
import { Bar } from "./bar.tsx";
import { editsOf, toFragment } from "./fragment.ts";

/** The picture's layout is a part of the script that the first sight does not need. */
const CausalView = lazy(() => import("./picture.tsx"));
const Carries = lazy(() => import("./carries.tsx"));
const Reverse = lazy(() => import("./reverse.tsx"));
const Record = lazy(() => import("./record.tsx"));
const Unknowns = lazy(() => import("./unknowns.tsx"));
const Outcomes = lazy(() => import("./outcomes.tsx"));
const Embedded = lazy(() => import("./embedded.tsx"));
const PanelView = lazy(() => import("./panels.tsx"));
const Reweighing = lazy(() => import("./reweighing.tsx"));
const StoryView = lazy(() => import("./story.tsx"));
const Readers = lazy(() => import("./readers.tsx"));

interface ArgumentProps extends PageParts {
  /** What opens on request; null where it was not found. */
  readonly panels: Accessor<readonly Panel[] | null>;
  readonly data: PageData;
  readonly model: Model;
  readonly first: Settings;
  readonly dropped: readonly string[];
  /** Opens the text of the case. */
  readonly edit: () => void;
  /** The text that the page came with. */
  readonly base: { readonly documents: readonly Document[]; readonly hash: string };
  /** The text that is run, where it is another. */
  readonly changed: readonly Document[] | null;
  /** Takes over settings with a changed text, which is shown first. */
  readonly open: (settings: unknown, documents: readonly Document[]) => void;
}

export function Argument(props: ArgumentProps): JSX.Element {
  const page = pageOf(props.data, props.model, props.first, props);
  const [lit, setLit] = createSignal<readonly string[]>([]);
  const light = { lit, setLit };
  document.title = `${props.model.title} · Casus`;
  document.documentElement.lang = props.model.language ?? "en";
  const plain = (): Settings => JSON.parse(JSON.stringify(page.settings)) as Settings;
  const share = (): string | null => {
    const { base, changed } = props;
    return toFragment({
      settings: plain(),
      text: changed === null ? null : { base: base.hash, edits: editsOf(base.documents, changed) },
    });
  };
  let keeping: ReturnType<typeof setTimeout> | undefined;
  const leaving = (): void => keepInAddress(share(), page.isMine() || props.changed !== null);
  window.addEventListener("pagehide", leaving);
  onCleanup(() => {
    clearTimeout(keeping);
    window.removeEventListener("pagehide", leaving);
  });
  createEffect(
    on(
      () => JSON.stringify(page.settings),
      () => {
        // A browser takes its time over an address, and refuses one that changes at every turn of a hand.
        clearTimeout(keeping);
        keeping = setTimeout(() => keepInAddress(share(), page.isMine() || props.changed !== null), 250);
      },
      { defer: props.changed === null },
    ),
  );
  const [name, setName] = createSignal("");
  const save = async (): Promise<void> => {
    const { settingsFile } = await import("./settings-file.ts");
    const reader = name().trim() === "" ? null : name().trim();
    const guess = page.lead()?.guess() ?? null;
    const text = settingsFile(props.model, plain(), { reader, guess, documents: props.changed });
    const called = (reader ?? page.model.name).replaceAll(/[^\p{L}\p{N}_]+/gu, "-");
    saveText(`${called}-settings.json`, text, "application/json");
  };
  const query = new URLSearchParams(location.search);
  const embedded = query.get("embed");
  if (embedded !== null)
    return (
      <Suspense>
        <Embedded page={page} light={light} id={embedded} panels={props.panels} />
      </Suspense>
    );
  const [classroom, setClassroom] = createSignal(query.has("classroom"));
  const [isWorkbenchOpen, setWorkbenchOpen] = createSignal(query.has("workbench"));
  const showClaims = (): void => {
    setWorkbenchOpen(true);
    queueMicrotask(() => document.getElementById("claims")?.scrollIntoView());
  };
  const [isMethodOpen, setMethodOpen] = createSignal(false);
  /** On paper the method is part of the report. */
  const [isPrinting, setPrinting] = createSignal(false);
  onMount(() => {
    const begin = (): void => void setPrinting(true);
    const end = (): void => void setPrinting(false);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    onCleanup(() => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    });
  });
  onMount(() => {
    const openAt = (): void => {
      if (/^#(claims|workbench)$/.test(location.hash)) showClaims();
    };
    openAt();
    window.addEventListener("hashchange", openAt);
    onCleanup(() => window.removeEventListener("hashchange", openAt));
  });
  const hasRecord = props.data.records.tests.length > 0 || props.model.forecasts.length > 0;
  return (
    <>
      <a class="skip" href="#claims" onClick={() => showClaims()}>
        Skip to all claims
      </a>
      <Masthead model={props.model} />
      <Show when={props.dropped.length > 0}>
        <p class="notice" role="status">
          Not taken over, since it does not fit this case: {props.dropped.join("; ")}.
        </p>
      </Show>
      <main>
        <Show
          when={props.model.conclusions.length > 0}
          fallback={<p class="say">This case draws no conclusion yet, so there is nothing to compare.</p>}
        >
          <Show when={page.lead()} keyed fallback={<Finding page={page} />}>
            {(s) => (
              <First
                page={page}
                store={s}
                light={light}
                isHeldBack={classroom()}
                reader={{ name, setName }}
                save={() => void save()}
                revealed={() => setClassroom(false)}
                showClaims={showClaims}
              />
            )}
          </Show>
        </Show>
        <Show when={!classroom()}>
          <Show when={props.model.conclusions.length > 0 && headsShown(props.model).length > 0}>
            <Views page={page} />
          </Show>
          <Show when={props.model.events.length > 0 && props.model.time !== null}>
            <section class="story" aria-labelledby="story-title">
              <h2 id="story-title">One run, as a story</h2>
              <Near>
                <StoryView page={page} light={light} />
              </Near>
            </section>
          </Show>
          <Show when={hasRecord}>
            <section id="record" aria-labelledby="record-title">
              <h2 id="record-title">What history says, and what came true</h2>
              <Near>
                <Record page={page} />
              </Near>
            </section>
          </Show>
          <details
            class="part"
            id="workbench"
            open={isWorkbenchOpen()}
            onToggle={(e) => setWorkbenchOpen(e.currentTarget.open)}
          >
            <summary>
              <h2>Workbench</h2>
              <span class="under">
                Every claim and conclusion, the causal picture, choices, unknowns, the text itself
              </span>
            </summary>
            <Show when={isWorkbenchOpen()}>
              <Workbench
                {...props}
                page={page}
                light={light}
                share={share}
                save={() => void save()}
                teach={() => setClassroom(true)}
              />
            </Show>
          </details>
          <details
            class="part"
            id="method"
            open={isMethodOpen() || isPrinting()}
            onToggle={(e) => !isPrinting() && setMethodOpen(e.currentTarget.open)}
          >
            <summary>
              <h2>Method</h2>
              <span class="under">What may be said, what is left out, corrections, where it comes from</span>
            </summary>
            <Foot page={page} />
          </details>
        </Show>
      </main>
    </>
  );
}

/** All that can be moved and looked at, for those who want to. */
function Workbench(
  props: ArgumentProps & {
    readonly page: Page;
    readonly light: Light;
    readonly share: () => string | null;
    readonly save: () => void;
    readonly teach: () => void;
  },
): JSX.Element {
  const { page, light } = props;
  onMount(() => page.wantRuns());
  return (
    <div class="bench">
      <Bar
        page={page}
        model={props.model}
        first={props.first}
        edit={props.edit}
        teach={props.teach}
        share={props.share}
        save={props.save}
        changed={props.changed}
        open={props.open}
      />
      <div class="columns">
        <div class="claims-place">
          <Claims page={page} light={light} />
        </div>
        <div class="after">
          <Show when={props.model.conclusions.length > 0 && headsShown(props.model).length === 0}>
            <Views page={page} />
          </Show>
          <Show when={page.settings.reweighed}>
            <section aria-labelledby="happened-title">
              <h2 id="happened-title">Reweighed by what happened</h2>
              <Suspense>
                <Reweighing page={page} />
              </Suspense>
            </section>
          </Show>
          <div class="turns">
            <section aria-labelledby="reverse-title">
              <h2 id="reverse-title">What would reverse it</h2>
              <Suspense>
                <Reverse page={page} />
              </Suspense>
            </section>
            <section aria-labelledby="carries-title">
              <h2 id="carries-title">What carries it</h2>
              <Suspense>
                <Carries page={page} />
              </Suspense>
            </section>
          </div>
          <Follows page={page} />
          <section class="mechanism" aria-labelledby="mechanism-title">
            <h2 id="mechanism-title">What moves what</h2>
            <p class="under">
              Point at a claim to see what it switches on, or at a part to see whose claims move it. Parts with a double
              edge build up over time.
            </p>
            <Near>
              <CausalView page={page} light={light} />
            </Near>
          </section>
          <Show when={page.model.conclusions.length > 0}>
            <Conclusions page={page} />
          </Show>
          <section class="more" aria-label="More">
            <For each={props.panels() ?? []}>
              {(panel) => (
                <More title={panel.title}>
                  <PanelView panel={panel} />
                </More>
              )}
            </For>
            <More title="Every outcome, option by option">
              <Outcomes page={page} />
            </More>
            <More title="What nobody knows: the ranges behind the runs">
              <Unknowns page={page} />
            </More>
            <More title="Several readers side by side">
              <Readers page={page} first={props.first} />
            </More>
          </section>
        </div>
      </div>
    </div>
  );
}

/** The address holds what was moved, so that it can be sent and reloaded; a page that was not touched keeps a plain one. */
function keepInAddress(fragment: string | null, isMine: boolean): void {
  const plain = location.href.split("#")[0] ?? "";
  if (fragment !== null) history.replaceState(null, "", `${plain}#${fragment}`);
  else if (isMine) history.replaceState(null, "", plain);
}

/** What opens on request: its script and its work come only then. */
function More(props: { readonly title: string; readonly children: JSX.Element }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{props.title}</summary>
      <Show when={isOpen()}>
        <Suspense>{props.children}</Suspense>
      </Show>
    </details>
  );
}
