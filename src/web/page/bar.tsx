/** What stays in sight while the reader moves things: the verdict in short, undo, redo, reset, pin, share, save. */

import { createSignal, Show, type JSX } from "solid-js";
import { mindOf, type Document, type Model } from "#internal.ts";
import type { Page } from "./page.ts";
import { settle } from "./settle.ts";
import type { Settings } from "./settings.ts";
import { VerdictMark } from "./verdict-mark.tsx";
import { figureShort } from "./words.ts";

interface BarProps {
  readonly page: Page;
  readonly model: Model;
  /** What a file's settings fall back on. */
  readonly first: Settings;
  /** Opens the text of the case. */
  readonly edit: () => void;
  /** Hides what follows until the reader commits. */
  readonly teach: () => void;
  /** What was moved and changed, as the end of an address; null where it would be too long. */
  readonly share: () => string | null;
  /** Saves it as a file. */
  readonly save: () => void;
  /** The text that is run, where it is not the page's own. */
  readonly changed: readonly Document[] | null;
  /** Takes over settings with a changed text, which is shown first. */
  readonly open: (settings: unknown, documents: readonly Document[]) => void;
}

export function Bar(props: BarProps): JSX.Element {
  const { page } = props;
  const [said, setSaid] = createSignal("");
  const told = () => page.finding(page.settings.conclusion);
  const what = (): string => (props.changed === null ? "your settings" : "your settings and your changes to the text");
  const share = (): void => {
    const fragment = props.share();
    if (fragment === null) {
      setSaid(
        "Too much was changed for an address: mail programs and browsers cut long ones. Save it as a file instead.",
      );
      return;
    }
    const address = `${location.href.split("#")[0] ?? ""}#${fragment}`;
    history.replaceState(null, "", address);
    void navigator.clipboard
      ?.writeText(address)
      .then(() => setSaid(`The address is copied; it holds ${what()}.`))
      .catch(() => setSaid(`The address bar now holds ${what()}: copy it from there.`));
  };
  const open = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      const { readSettingsFile } = await import("./settings-file.ts");
      const given = await readSettingsFile(file, props.model.name);
      if (given.documents !== null) {
        props.open(given.settings, given.documents);
        setSaid(`${file.name} brings a changed text of the case: it is open above. Run it to see what follows.`);
        return;
      }
      const { settings, dropped } = settle(props.model, page.views, given.settings, props.first);
      page.history.move(settings, "file");
      page.history.settle();
      setSaid(dropped.length === 0 ? `Opened ${file.name}.` : `Opened; left out: ${dropped.join("; ")}.`);
    } catch (error) {
      setSaid(`${file.name} was not opened: ${error instanceof Error ? error.message : String(error)}.`);
    }
  };
  return (
    <section class="bar" aria-label="Your settings">
      <p class="bar-verdict" classList={{ stale: told()?.isFresh === false }}>
        <strong>{page.isMine() ? "Yours" : mindOf(page.model, page.settings.view).label}</strong>{" "}
        <Show when={told()}>
          {(t) => (
            <>
              <VerdictMark verdict={t().value.verdict} refusal={t().value.comparison.refusal !== null} />{" "}
              <span class="bar-figures">
                {t()
                  .value.comparison.figures.slice(0, 2)
                  .map((f) => figureShort(f, t().value))
                  .join(" / ")}
              </span>
            </>
          )}
        </Show>
      </p>
      <Show when={page.progress() !== null}>
        <span class="running">
          <progress max="1" value={page.progress() ?? 0} aria-label="Being refined" />
          <button onClick={() => page.stop()}>Stop</button>
        </span>
      </Show>
      <div class="bar-buttons">
        <button
          aria-pressed={page.settings.pinned !== null}
          onClick={() =>
            page.history.move({ pinned: page.settings.pinned === null ? { ...page.stance() } : null }, "pin")
          }
        >
          {page.settings.pinned === null ? "Pin to compare" : "Unpin"}
        </button>
        <Show when={page.evidence() !== null}>
          <button
            aria-pressed={page.settings.reweighed}
            onClick={() => page.history.move({ reweighed: !page.settings.reweighed }, "reweigh")}
          >
            Reweigh by what happened
          </button>
        </Show>
        <button onClick={share}>Share</button>
        <button onClick={() => props.save()}>Save</button>
        <button onClick={() => props.edit()}>Edit the case</button>
        <button title="Hides what follows until a reader has set their claims" onClick={() => props.teach()}>
          Classroom
        </button>
        <label class="button">
          Open
          <input
            class="visually-hidden"
            type="file"
            accept="application/json,.json"
            onChange={(e) => void open(e.currentTarget.files?.[0])}
          />
        </label>
        <button disabled={!page.history.canUndo()} onClick={() => page.history.undo()}>
          Undo
        </button>
        <button disabled={!page.history.canRedo()} onClick={() => page.history.redo()}>
          Redo
        </button>
        <button
          disabled={!page.isMine()}
          onClick={() => page.history.move({ credences: {}, distributions: {} }, "reset")}
        >
          Reset
        </button>
      </div>
      <p class="bar-said" role="status">
        {page.trouble() ?? said()}
      </p>
    </section>
  );
}
