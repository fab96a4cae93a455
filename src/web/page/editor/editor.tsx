/** The case as text: written here, read as it is typed, run at once where it reads. The largest part of the page's script, loaded when asked for. */

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic as Mark } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { createSignal, For, onCleanup, onMount, Show, type JSX } from "solid-js";
import {
  applyEdits,
  declarationsAt,
  format,
  listed,
  renameAt,
  wordAt,
  type Diagnostic,
  type Document,
  type Model,
} from "#internal.ts";
import { saveText } from "../downloads.ts";
import { completions, hover, type EditedCase } from "./assist.ts";
import { checkerClient } from "./checker-client.ts";
import type { ToChecker } from "../../messages.ts";
import { colours } from "./colours.ts";
import { editorSheet } from "./sheet.ts";

interface EditorProps {
  readonly documents: readonly Document[];
  readonly records: ToChecker["records"];
  readonly run: (documents: readonly Document[], model: Model) => void;
  readonly close: () => void;
  /** Runs each text that reads, of itself, and stays open. */
  readonly runsAsWritten: boolean;
}

/** Milliseconds after the last key until the text is read. */
const breath = 180;

/** Whether the page follows files that its server may write to. */
const isFollowed = document.querySelector('meta[name="casus-live"]') !== null;

export default function Editor(props: EditorProps): JSX.Element {
  const [documents, setDocuments] = createSignal<readonly Document[]>(props.documents);
  const [at, setAt] = createSignal(0);
  const [found, setFound] = createSignal<readonly Diagnostic[]>([]);
  const [model, setModel] = createSignal<Model | null>(null);
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const [said, setSaid] = createSignal("");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const [place, setPlace] = createSignal<HTMLDivElement>();
  let view: EditorView | undefined;

  const current = (): Document => documents()[at()] ?? { name: "", text: "" };
  const showMarks = (): void => {
    if (view === undefined) return;
    view.dispatch(setDiagnostics(view.state, marksOf(found(), current().name, view.state.doc.length)));
  };
  const checker = checkerClient(
    props.records,
    (answer) => {
      setFound(answer.diagnostics);
      setModel(answer.model);
      setTrouble(answer.trouble);
      showMarks();
      // The text that the page was opened with runs already.
      if (props.runsAsWritten && answer.model !== null && documents() !== props.documents)
        props.run(documents(), answer.model);
    },
    () => setSaid("Reading this text took too long and was given up. Make it smaller."),
  );
  const written = (): EditedCase => ({ documents: documents(), shown: current(), model: model() });
  const put = (text: string): void => {
    setDocuments(documents().map((d, i) => (i === at() ? { ...d, text } : d)));
    // What was read is of another text: nothing runs until this one is read too.
    setModel(null);
    clearTimeout(timer);
    timer = setTimeout(() => checker.check(documents()), breath);
  };
  /** The text on the disk, as far as the page knows. */
  let onDisk = props.documents;
  const saveInCase = async (): Promise<void> => {
    const changes = documents().filter(({ name, text }) => onDisk.find((d) => d.name === name)?.text !== text);
    for (const { name, text } of changes) {
      const trouble = await saveInto(name, onDisk.find((d) => d.name === name)?.text ?? "", text);
      if (trouble !== null) return void setSaid(trouble);
      onDisk = onDisk.map((d) => (d.name === name ? { name, text } : d));
    }
    setSaid(changes.length === 0 ? "Nothing has changed." : `Saved ${listed(changes.map((d) => d.name))}.`);
  };
  const open = (index: number): void => {
    setAt(index);
    view?.setState(stateOf(current().text));
    showMarks();
  };
  const goTo = (document: string, start: number): void => {
    const index = documents().findIndex((d) => d.name === document);
    if (index < 0) return;
    if (index !== at()) open(index);
    view?.dispatch({ selection: { anchor: start }, effects: EditorView.scrollIntoView(start, { y: "center" }) });
    view?.focus();
  };
  const goToDeclaration = (): boolean => {
    if (view === undefined) return false;
    const [target] = declarationsAt(documents(), current(), view.state.selection.main.head);
    if (target === undefined) setSaid("There is no name under the cursor that the case declares.");
    else goTo(target.span.document, target.span.start);
    return true;
  };
  const rename = (): boolean => {
    if (view === undefined) return false;
    const head = view.state.selection.main.head;
    const name = wordAt(current(), head)?.text;
    if (name === undefined || declarationsAt(documents(), current(), head).length === 0) {
      setSaid("There is no name under the cursor that the case declares.");
      return true;
    }
    const next = window.prompt(`A new name for ${name}`, name)?.trim() ?? name;
    if (next === name) return true;
    const renamed = renameAt(documents(), current(), head, next);
    if ("refused" in renamed) {
      setSaid(`It cannot be renamed so: ${renamed.refused}.`);
      return true;
    }
    setDocuments(documents().map((d) => applyEdits(d, renamed.edits)));
    view.setState(stateOf(current().text));
    setModel(null);
    checker.check(documents());
    setSaid(
      `${name} is now ${next}, in ${renamed.edits.length === 1 ? "one place" : `${renamed.edits.length} places`}.`,
    );
    return true;
  };
  const tidy = (): boolean => {
    const text = format(current());
    if (view !== undefined && text !== current().text)
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    return true;
  };
  function stateOf(text: string): EditorState {
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        lintGutter(),
        autocompletion({ override: [completions(written)] }),
        hover(written),
        colours,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "The text of the case" }),
        EditorView.updateListener.of((u) => {
          if (u.docChanged) put(u.state.doc.toString());
        }),
        keymap.of([
          { key: "F12", run: goToDeclaration },
          { key: "F2", run: rename },
          { key: "Shift-Alt-f", run: tidy },
          ...(isFollowed ? [{ key: "Mod-s", preventDefault: true, run: () => (void saveInCase(), true) }] : []),
          ...completionKeymap,
          ...lintKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
      ],
    });
  }

  onMount(() => {
    const host = place();
    if (host === undefined) return;
    // In a shadow root the editor's style comes as sheets made by script, which the page's policy lets pass.
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [editorSheet()];
    const parent = document.createElement("div");
    root.append(parent);
    view = new EditorView({ state: stateOf(current().text), parent, root });
    // Those who use no mouse can scroll it without writing in it.
    view.scrollDOM.tabIndex = 0;
    checker.check(documents());
    if (!props.runsAsWritten) view.focus();
  });
  onCleanup(() => {
    clearTimeout(timer);
    checker.end();
    view?.destroy();
  });

  const errors = (): number => found().filter((d) => d.severity === "error").length;
  return (
    <section class="editor" aria-labelledby="editor-title">
      <div class="editor-head">
        <h2 id="editor-title">The case as text</h2>
        <div class="editor-tools">
          <Show when={!props.runsAsWritten}>
            <button
              disabled={model() === null}
              onClick={() => {
                const m = model();
                if (m !== null) props.run(documents(), m);
              }}
            >
              Run it
            </button>
          </Show>
          <button onClick={() => void tidy()} title="Shift-Alt-F">
            Format
          </button>
          <button onClick={() => void rename()} title="F2">
            Rename
          </button>
          <button onClick={() => void goToDeclaration()} title="F12">
            Go to declaration
          </button>
          <Show
            when={isFollowed}
            fallback={
              <button onClick={() => saveText(current().name, current().text, "text/plain")}>Save this file</button>
            }
          >
            <button title="Ctrl-S" onClick={() => void saveInCase()}>
              Save in the case’s folder
            </button>
          </Show>
          <Show when={!props.runsAsWritten}>
            <button onClick={() => props.close()}>Close</button>
          </Show>
        </div>
      </div>
      <div class="editor-files" role="tablist" aria-label="Files of the case">
        <For each={documents()}>
          {(d, i) => (
            <button role="tab" aria-selected={at() === i()} onClick={() => open(i())}>
              {d.name}
            </button>
          )}
        </For>
      </div>
      <div class="editor-place" ref={setPlace} />
      <p role="status" class="editor-said">
        {errors() > 0
          ? `${errors()} thing${errors() === 1 ? "" : "s"} wrong; nothing runs until ${errors() === 1 ? "it is" : "they are"} put right.`
          : model() === null
            ? trouble() === null
              ? "Being read…"
              : `It reads, but cannot be run here: ${trouble()}.`
            : props.runsAsWritten
              ? "It reads, and is run."
              : "It reads. Run it to see what follows."}{" "}
        {said()}
      </p>
      <Show when={found().length > 0}>
        <ol class="editor-found">
          <For each={found().slice(0, 30)}>
            {(d) => (
              <li>
                <button class="plain" onClick={() => goTo(d.span.document, d.span.start)}>
                  {d.message}
                </button>
                <span class="under"> {d.hint}</span>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </section>
  );
}

/** Null once it is written, else why it is not. */
async function saveInto(name: string, was: string, text: string): Promise<string | null> {
  try {
    const answer = await fetch("text", { method: "PUT", body: JSON.stringify({ name, was, text }) });
    return answer.ok ? null : `Not saved. ${(await answer.text()).trim()}`;
  } catch {
    return "Not saved: the server that follows the files does not answer.";
  }
}

function marksOf(found: readonly Diagnostic[], document: string, length: number): readonly Mark[] {
  return found
    .filter((d) => d.span.document === document)
    .map((d) => ({
      from: Math.min(d.span.start, length),
      to: Math.min(Math.max(d.span.end, d.span.start), length),
      severity: d.severity === "error" ? "error" : "warning",
      source: d.code,
      message: d.hint === "" ? d.message : `${d.message}\n${d.hint}`,
    }));
}
