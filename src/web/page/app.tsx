/** The whole page: shows everything the reader sees, from the page's data. */

import { createEffect, createMemo, createSignal, lazy, onCleanup, onMount, Show, Suspense, type JSX } from "solid-js";
import {
  distinctViews,
  readPage,
  type Document,
  type Lead,
  type Model,
  type OpenedRows,
  type PageData,
  type PageTable,
} from "#internal.ts";
import { Argument } from "./argument.tsx";
import { fromFragment, withEdits, type Shared } from "./fragment.ts";
import { settle, type Settled } from "./settle.ts";
import { leadFor } from "./runs-client.ts";
import { firstSettings } from "./settings.ts";
import { shelfOfPage, Workbench } from "./workbench.tsx";

/** The editor, with the language's own reader, is more than half of all script: it comes when it is asked for. */
const Editor = lazy(() => import("./editor/editor.tsx"));

const Broken = lazy(() => import("./broken.tsx"));

interface Started extends Settled {
  readonly model: Model;
  readonly data: PageData;
}

export function App(props: { readonly data: PageData }): JSX.Element {
  const [data, setData] = createSignal(props.data);
  const [notice, setNotice] = createSignal<string | null>(null);
  const shared = readShared(setNotice);
  const shelf = shelfOfPage();
  // A changed text that came with the address is a stranger's: it is shown, and run only when the reader says so.
  const [edited, setEdited] = createSignal<readonly Document[] | null>(
    changedText(props.data, shared, setNotice) ?? (shelf === null ? null : props.data.documents),
  );
  /** The text that is run, where it is not the one that the page came with. */
  const [changed, setChanged] = createSignal<readonly Document[] | null>(null);
  /** What the page came with, or its server sent last. */
  const [base, setBase] = createSignal(props.data);
  let kept: unknown = shared?.settings;
  const [table, setTable] = createSignal<PageTable | null>(null);
  const [evidence, setEvidence] = createSignal<OpenedRows | null>(null);
  /** Found after the page was opened, of what it then was. */
  const [late, setPanels] = createSignal<PageData | null>(null);
  const fetchExtra = (id: string): void => {
    void import("./extras.ts")
      .then(async (extras) => {
        if (id === "table") setTable(await extras.tableWith(data().provenance?.hash));
        if (id === "evidence") setEvidence(await extras.evidenceWith());
      })
      .catch((e: unknown) =>
        setNotice(`A part of this page could not be loaded. The page goes on without it: ${String(e)}.`),
      );
  };
  // Rows stay as they were read, whatever a reader makes of the text.
  const carriedBy = (d: PageData) => ({ tables: d.records.tables, was: { records: d.model?.records ?? [] } });
  let carried = carriedBy(props.data);

  const take = (fresh: PageData): void => {
    carried = carriedBy(fresh);
    // What the reader has moved by now is in the address.
    kept = readShared(() => {})?.settings ?? kept;
    setBase(fresh);
    setEvidence(null);
    setChanged(null);
    setData(fresh);
  };
  onMount(() => {
    listen(take, setNotice, fetchExtra, setPanels);
    for (const id of ["table", "evidence"])
      if (document.querySelector(`meta[name="casus-${id}"], #${id}`) !== null) fetchExtra(id);
  });
  const panels = createMemo(
    () => data().panels ?? (late()?.provenance?.hash === data().provenance?.hash ? (late()?.panels ?? null) : null),
  );
  /** A table is of one text of the case; another's is left alone. */
  const ownTable = createMemo(() => (table()?.key === data().provenance?.hash ? table() : null));
  const ownEvidence = createMemo(() => (changed() === null ? evidence() : null));

  const started = createMemo((): Started | null => {
    const now = data();
    const { model } = now;
    if (model === null) return null;
    const views = distinctViews(model);
    const first = firstSettings(model, views);
    const settled = kept === undefined ? { settings: first, dropped: [] } : settle(model, views, kept, first);
    return { ...settled, model, data: now };
  });
  const show = (documents: readonly Document[], model: Model): void => {
    setChanged(documents);
    const { provenance } = data();
    setData({
      ...data(),
      documents,
      model,
      diagnostics: [],
      // What was shipped is of another text.
      findings: null,
      panels: null,
      lead: null,
      provenance: provenance === null ? null : { ...provenance, hash: "changed here", engine: provenance.engine },
    });
  };
  const run = (documents: readonly Document[], model: Model): void => {
    kept = readShared(() => {})?.settings ?? kept;
    show(documents, model);
    // Where the page is next to its text, it stays where it is while the text is written.
    if (shelf === null) queueMicrotask(() => document.querySelector("main")?.scrollIntoView());
  };
  /** The picture of a text that came without one, made in this browser; a server that follows a case sends it. */
  const [made, setMade] = createSignal<{ readonly of: PageData; readonly lead: Lead } | null>(null);
  const isFollowed = document.querySelector('meta[name="casus-live"]') !== null;
  createEffect(() => {
    const now = data();
    const { model } = now;
    if (model === null || model.conclusions.length === 0 || now.lead !== null || (isFollowed && changed() === null))
      return;
    const ending = new AbortController();
    onCleanup(() => ending.abort());
    void leadFor(model, now, ending.signal, (lead) => setMade({ of: now, lead }));
  });
  const lead = createMemo(() => data().lead ?? (made()?.of === data() ? (made()?.lead ?? null) : null));

  const editor = (): JSX.Element => (
    <Show when={edited()} keyed>
      {(documents) => (
        <Suspense fallback={<p class="notice">The editor is being loaded…</p>}>
          <Editor
            documents={documents}
            records={carried}
            run={run}
            close={() => setEdited(null)}
            runsAsWritten={shelf !== null}
          />
        </Suspense>
      )}
    </Show>
  );
  const page = (): JSX.Element => (
    <Show
      when={started()}
      keyed
      fallback={
        <Suspense>
          <Broken
            diagnostics={data().diagnostics}
            documents={data().documents}
            edit={() => setEdited(data().documents)}
          />
        </Suspense>
      }
    >
      {(s) => (
        <Argument
          data={s.data}
          model={s.model}
          first={s.settings}
          dropped={s.dropped}
          table={ownTable}
          panels={panels}
          evidence={ownEvidence}
          lead={lead}
          edit={() => setEdited(data().documents)}
          base={{ documents: base().documents, hash: base().provenance?.hash ?? "" }}
          changed={changed()}
          open={(settings, documents) => {
            kept = settings;
            setEdited(documents);
          }}
        />
      )}
    </Show>
  );

  return (
    <>
      <Show when={notice()}>
        {(text) => (
          <p class="notice" role="status">
            {text()} <button onClick={() => setNotice(null)}>Close</button>
          </p>
        )}
      </Show>
      <Show
        when={shelf}
        fallback={
          <>
            {editor()}
            {page()}
          </>
        }
      >
        {(items) => (
          <Workbench
            shelf={items()}
            take={(fresh) => {
              kept = undefined;
              take(fresh);
              setEdited(fresh.documents);
            }}
            begin={(documents, drafted) => {
              kept = undefined;
              show(documents, drafted);
              setEdited(documents);
            }}
            editor={editor()}
            page={page()}
          />
        )}
      </Show>
    </>
  );
}

/** The changed text of an address, where it is a change of this very case. */
function changedText(data: PageData, shared: Shared | null, tell: (text: string) => void): readonly Document[] | null {
  if (shared === null || shared.text === null) return null;
  try {
    if (shared.text.base !== data.provenance?.hash)
      throw new Error("the changed text in it is of another version of this case");
    const documents = withEdits(data.documents, shared.text);
    tell("This address brings a changed text of the case. It is open below: run it to see what follows from it.");
    return documents;
  } catch (error) {
    tell(`The changed text in this address was not read: ${error instanceof Error ? error.message : String(error)}.`);
    return null;
  }
}

function readShared(tell: (text: string) => void): Shared | null {
  try {
    return fromFragment(location.hash);
  } catch (error) {
    tell(`The settings in this address were not read: ${error instanceof Error ? error.message : String(error)}.`);
    return null;
  }
}

/** While a case is being written its server tells when the files have changed. */
function listen(
  setData: (data: PageData) => void,
  tell: (text: string) => void,
  extra: (id: string) => void,
  paneled: (data: PageData) => void,
): void {
  const live = document.querySelector<HTMLMetaElement>('meta[name="casus-live"]');
  if (live === null) return;
  const events = new EventSource(`events?edition=${live.content}`);
  const read = (take: (data: PageData) => void): void =>
    void fetch("case.json")
      .then((r) => r.text())
      .then((text) => take(readPage(text)))
      .catch(() => tell("The case could not be read again."));
  events.addEventListener("changed", () => read(setData));
  events.addEventListener("panels", () => read(paneled));
  events.addEventListener("extra", (e) => extra(String((e as MessageEvent<unknown>).data)));
  onCleanup(() => events.close());
}
