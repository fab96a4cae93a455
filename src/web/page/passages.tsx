/** A reader's copy of the article: checked by its hash, kept in this browser only, its passages shown beside the claims. */

import { createSignal, For, onMount, Show, type JSX } from "solid-js";
import type { Model } from "#internal.ts";
import { keptCopyIn } from "./kept-copy.ts";

export interface ShownPassage {
  readonly locator: string;
  readonly text: string;
}

/** By claim. */
type Found = (passages: ReadonlyMap<string, readonly ShownPassage[]>) => void;

export function PassageDrop(props: { readonly model: Model; readonly found: Found }): JSX.Element {
  const [told, setTold] = createSignal("");
  const [isKept, setIsKept] = createSignal(false);
  const hashed = props.model.sources.filter((s) => s.sha256 !== null);
  const copies = keptCopyIn(() => localStorage);
  let shown: ReadonlyMap<string, readonly ShownPassage[]> = new Map();
  /** The sources whose text it is, and how many claims are now next to their passages; none where it is another text. */
  const read = async (text: string, name: string): Promise<{ sources: readonly string[]; claims: number }> => {
    const { verifySource } = await import("./verify.ts");
    const fitting = verifySource(props.model, { name, text }).filter((c) => c.located.length > 0);
    const located = fitting.flatMap((c) => c.located);
    shown = new Map([...shown, ...located.map((l) => [l.claim, l.passages] as const)]);
    if (located.length > 0) props.found(shown);
    const sources = hashed.filter((s) => fitting.some((c) => c.source === s.name));
    return { sources: sources.flatMap((s) => s.sha256 ?? []), claims: located.length };
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > 5_000_000) return void setTold("That file is over 5 MB; give the article alone, as plain text.");
    const text = await file.text();
    const { sources, claims } = await read(text, file.name);
    if (claims === 0) {
      setTold(
        "This is not the text the case points into: its hash differs. Save it as plain text, unchanged, and try again.",
      );
      return;
    }
    setIsKept(sources.map((sha256) => copies.keep(sha256, text)).some(Boolean));
    setTold(
      `It is the text: ${claims} claims are now next to their passages. Nothing has left this browser${isKept() ? ", which keeps it" : ""}.`,
    );
  };
  const forget = (): void => {
    for (const { sha256 } of hashed) if (sha256 !== null) copies.forget(sha256);
    setIsKept(false);
    props.found((shown = new Map()));
    setTold("Your copy is gone from this browser.");
  };
  onMount(() => {
    for (const { sha256, title } of hashed) {
      const text = sha256 === null ? null : copies.read(sha256);
      if (text === null) continue;
      void read(text, title ?? "the article").then(({ claims }) => {
        if (claims === 0) return;
        setIsKept(true);
        setTold(`Your copy is kept in this browser: ${claims} claims are next to their passages.`);
      });
    }
  });
  return (
    <Show when={hashed.length > 0}>
      <div
        class="passage-drop"
        onDragOver={(e) => e.preventDefault()}
        onDrop={(e) => {
          e.preventDefault();
          void take(e.dataTransfer?.files[0]);
        }}
      >
        <label>
          <span>
            Do you have {hashed[0]?.title === null ? "the article" : `“${hashed[0]?.title ?? ""}”`}? Drop its text here,
            or choose it, to read each passage next to its claim. It stays in this browser.
          </span>
          <input type="file" accept=".txt,text/plain" onChange={(e) => void take(e.currentTarget.files?.[0])} />
        </label>
        <p role="status">{told()}</p>
        <Show when={isKept()}>
          <button type="button" onClick={forget}>
            Forget my copy
          </button>
        </Show>
      </div>
    </Show>
  );
}

export function Passages(props: { readonly passages: readonly ShownPassage[] }): JSX.Element {
  return (
    <For each={props.passages}>
      {(p) => (
        <blockquote class="passage">
          <span class="locator">{p.locator}</span> {p.text}
        </blockquote>
      )}
    </For>
  );
}
