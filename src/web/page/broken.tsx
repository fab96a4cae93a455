/** A case that does not read: what is wrong with it, where, and what to write instead. */

import type { JSX } from "solid-js";
import { printDiagnostics, type Diagnostic, type Document } from "#internal.ts";

export default function Broken(props: {
  readonly diagnostics: readonly Diagnostic[];
  readonly documents: readonly Document[];
  readonly edit: () => void;
}): JSX.Element {
  return (
    <main class="broken">
      <h1>This case has mistakes</h1>
      <p>Nothing was run. What is wrong, where, and what to write instead:</p>
      <p>
        <button onClick={() => props.edit()}>Open the text</button>
      </p>
      <pre tabIndex={0}>{printDiagnostics(props.diagnostics, props.documents)}</pre>
    </main>
  );
}
