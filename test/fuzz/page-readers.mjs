/** The page's readers of what strangers send, bundled so that Node runs them: addresses, files of settings, and what fits a case. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "dist/fuzz");
const entry = `
export { fromFragment, withEdits } from ${JSON.stringify(join(root, "src/web/page/fragment.ts"))};
export { settle } from ${JSON.stringify(join(root, "src/web/page/settle.ts"))};
export { firstSettings } from ${JSON.stringify(join(root, "src/web/page/settings.ts"))};
export { readSettingsFile } from ${JSON.stringify(join(root, "src/web/page/settings-file.ts"))};
`;

mkdirSync(folder, { recursive: true });
const bundle = await rolldown({
  cwd: root,
  tsconfig: false,
  input: "page-readers",
  plugins: [
    {
      name: "page-readers",
      resolveId: (id) =>
        id === "page-readers" ? id : id === "#internal.ts" ? { id: "../internal.js", external: true } : null,
      load: (id) => (id === "page-readers" ? entry : null),
    },
  ],
});
await bundle.write({ dir: folder, format: "esm", entryFileNames: "page-readers.js" });

export const { fromFragment, withEdits, settle, firstSettings, readSettingsFile } = await import(
  pathToFileURL(join(folder, "page-readers.js")).href
);
