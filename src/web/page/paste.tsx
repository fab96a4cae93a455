/** A text that somebody pastes: its sentences to pick from, and the draft of a case made of those. Loaded when it is asked for; the text stays in this browser. */

import { createSignal, For, Show, type JSX } from "solid-js";
import { draftFromProse, readModel, UnreadableFile, type Document, type Model, type ReadSentence } from "#internal.ts";

/** Where a line is a heading of Markdown, or a link or stress is written as it writes them, its marks are none of the text. */
function isMarkdown(text: string): boolean {
  return /^#{1,6} \S|\[[^\]\n]+\]\([^)\s]+\)|\*\*[^*\n]+\*\*/m.test(text);
}

export default function Paste(props: {
  /** A case drafted from the sentences that were picked. */
  readonly begin: (documents: readonly Document[], model: Model) => void;
}): JSX.Element {
  const [text, setText] = createSignal("");
  const [sentences, setSentences] = createSignal<readonly ReadSentence[]>([]);
  const [picked, setPicked] = createSignal<ReadonlySet<string>>(new Set<string>());
  const [said, setSaid] = createSignal("");
  const file = (): Document => ({ name: isMarkdown(text()) ? "text.md" : "text.txt", text: text() });
  const find = (): void => {
    setSentences([]);
    try {
      const draft = draftFromProse("draft", file());
      setSentences(draft.sentences.filter((s) => s.note !== "left out: a title"));
      setPicked(new Set(draft.sentences.filter((s) => s.isDrafted).map((s) => s.place)));
      setSaid("Pick the sentences on which something turns: which figure would be different if it were false?");
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      setSaid(`${error.diagnostic.message}: ${error.diagnostic.hint ?? ""}`);
    }
  };
  const pick = (place: string, isPicked: boolean): void => {
    const next = new Set(picked());
    if (isPicked) next.add(place);
    else next.delete(place);
    setPicked(next);
  };
  const begin = (): void => {
    const documents = [{ name: "draft.casus", text: draftFromProse("draft", file(), picked()).text }];
    const [model, found] = readModel(documents);
    if (model === null) throw new Error(`the draft does not check: ${found[0]?.message ?? ""}`);
    setSaid("The draft is below. Each claim waits for your own words; no sentence of the text is in it.");
    props.begin(documents, model);
  };
  return (
    <div class="paste">
      <label for="pasted">A text that argues for something; its first line may be its title</label>
      <textarea id="pasted" rows={8} value={text()} onInput={(e) => setText(e.currentTarget.value)} />
      <button onClick={find} disabled={text().trim() === ""}>
        Find its sentences
      </button>
      <p role="status">{said()}</p>
      <Show when={sentences().length > 0}>
        <ol>
          <For each={sentences()}>
            {(s) => (
              <li>
                <label>
                  <input
                    type="checkbox"
                    checked={picked().has(s.place)}
                    onChange={(e) => pick(s.place, e.currentTarget.checked)}
                  />
                  <span>
                    {s.text} <small>{s.note}</small>
                  </span>
                </label>
              </li>
            )}
          </For>
        </ol>
        <button onClick={begin} disabled={picked().size === 0}>
          Draft a case from {picked().size} of them
        </button>
      </Show>
    </div>
  );
}
