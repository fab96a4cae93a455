/** A reader's copy of the article: checked by its hash, kept in this browser only, its passages shown beside the claims. */

import { createSignal, For, Show, type JSX } from "solid-js";
import type { Model } from "#casus.ts";

export interface Passage {
  readonly locator: string;
  readonly text: string;
}

type Found = (passages: Readonly<Record<string, readonly Passage[]>>) => void;

export function PassageDrop(props: { readonly model: Model; readonly found: Found }): JSX.Element {
  const [told, setTold] = createSignal("");
  const hashed = props.model.sources.filter((s) => s.sha256 !== null);
  const read = async (text: string, name: string): Promise<void> => {
    const { verifySource } = await import("./verify.ts");
    const checks = verifySource(props.model, { name, text });
    const located = checks.flatMap((c) => c.located);
    if (located.length === 0) {
      setTold(
        "This is not the text the case points into: its hash differs. Save it as plain text, unchanged, and try again.",
      );
      return;
    }
    props.found(Object.fromEntries(located.map((l) => [l.claim, l.passages])));
    setTold(`It is the text: ${located.length} claims now stand beside their passages. Nothing has left this browser.`);
  };
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    if (file.size > 5_000_000) setTold("That file is over 5 MB; give the article alone, as plain text.");
    else void file.text().then(async (text) => read(text, file.name));
  };
  return (
    <Show when={hashed.length > 0}>
      <div
        class="passage-drop"
        onDragOver={(e) => e.preventDefault()}
        onDrop={(e) => {
          e.preventDefault();
          take(e.dataTransfer?.files[0]);
        }}
      >
        <label>
          <span>
            Do you have {hashed[0]?.title === null ? "the article" : `“${hashed[0]?.title ?? ""}”`}? Drop its text here,
            or choose it, to read each passage beside its claim. It stays in this browser.
          </span>
          <input type="file" accept=".txt,text/plain" onChange={(e) => take(e.currentTarget.files?.[0])} />
        </label>
        <p role="status">{told()}</p>
      </div>
    </Show>
  );
}

export function Passages(props: { readonly passages: readonly Passage[] }): JSX.Element {
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
