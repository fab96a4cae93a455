/** The workbench: a shelf of cases to begin from above, the text on the left, the page on the right. Nothing is installed, nothing is sent. */

import { createSignal, For, lazy, Show, Suspense, type JSX } from "solid-js";
import { readPage, type Document, type Model, type PageData, type ShelfCase } from "#internal.ts";

/** What reads a text is needed by those alone who bring one; a page in one file is no workbench, and goes without. */
const Paste = lazy(() => import("./paste.tsx"));

/** The cases that the workbench was shipped with; null on a page that is none. */
export function shelfOfPage(): readonly ShelfCase[] | null {
  const text = document.getElementById("shelf")?.textContent;
  return text === undefined || text === null ? null : (JSON.parse(text) as readonly ShelfCase[]);
}

export function Workbench(props: {
  readonly shelf: readonly ShelfCase[];
  /** A case taken from the shelf. */
  readonly take: (data: PageData) => void;
  /** A case drafted from a text. */
  readonly begin: (documents: readonly Document[], model: Model) => void;
  readonly editor: JSX.Element;
  readonly page: JSX.Element;
}): JSX.Element {
  const [taken, setTaken] = createSignal<string | null>(null);
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const [isOpen, setIsOpen] = createSignal(true);
  const [isPasting, setIsPasting] = createSignal(false);
  const take = (item: ShelfCase): void => {
    setTrouble(null);
    void fetch(item.file)
      .then(async (r) => {
        if (!r.ok) throw new Error(r.statusText);
        props.take(readPage(await r.text()));
        setTaken(item.name);
        setIsOpen(false);
        document.getElementById("editor-title")?.scrollIntoView();
      })
      .catch(() => setTrouble(`${item.title} could not be opened; try again, or open another.`));
  };
  const groups = (): readonly (readonly [string, readonly ShelfCase[]])[] => [
    ["Templates", props.shelf.filter((s) => s.kind === "template")],
    ["The casebook", props.shelf.filter((s) => s.kind === "case")],
  ];
  return (
    <div class="workbench">
      <section class="workbench-head" aria-label="Workbench">
        <h1>Write an argument and see what follows</h1>
        <p>
          A case is text. Below, its text is next to its page, which runs it as you write, in this browser. Nothing is
          sent anywhere, and nothing is kept: save the file before you leave.
        </p>
        <details onToggle={(e) => e.currentTarget.open && setIsPasting(true)}>
          <summary>Paste a text that argues for something</summary>
          <Show when={isPasting()}>
            <Suspense fallback={<p>What reads it is being loaded…</p>}>
              <Paste
                begin={(documents, model) => {
                  setTaken(null);
                  setIsOpen(false);
                  props.begin(documents, model);
                  document.getElementById("editor-title")?.scrollIntoView();
                }}
              />
            </Suspense>
          </Show>
        </details>
        <details open={isOpen()} onToggle={(e) => setIsOpen(e.currentTarget.open)}>
          <summary>Or begin with a template, or a case of the casebook</summary>
          <For each={groups()}>
            {([title, items]) => (
              <Show when={items.length > 0}>
                <h2>{title}</h2>
                <ul class="shelf">
                  <For each={items}>
                    {(item) => (
                      <li>
                        <button onClick={() => take(item)} aria-current={taken() === item.name ? "true" : undefined}>
                          {item.title}
                        </button>
                        <Show when={item.answer}>{(text) => <p>{text()}</p>}</Show>
                        <Show when={item.history}>{(text) => <p class="under">What history said: {text()}.</p>}</Show>
                      </li>
                    )}
                  </For>
                </ul>
              </Show>
            )}
          </For>
        </details>
        <p role="status">{trouble() ?? ""}</p>
      </section>
      <div class="workbench-text">{props.editor}</div>
      <div class="workbench-page">{props.page}</div>
    </div>
  );
}
