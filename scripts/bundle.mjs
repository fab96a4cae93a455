/** Makes `lib/`, what a program imports: the public API and its threads, in files that need no other package. Unless it is newer than all it is made from. */

import { rmSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { isFresh } from "./fresh.mjs";

const root = join(import.meta.dirname, "..");

/** What stdlib says where it is given no number; its printf weighs more than what it serves. */
const withoutPrintf = {
  name: "without-printf",
  resolveId: (id) => (id === "@stdlib/string-format" ? "\0plain-format" : null),
  load: (id) => (id === "\0plain-format" ? "module.exports = function (text) { return String(text); };" : null),
};

/** What only Node can do stands beside the public API and shares its classes. */
const besideApi = {
  name: "beside-api",
  resolveId: (id) => (id === "#casus.ts" || id === "#internal.ts" ? { id: "./casus.js", external: true } : null),
};

const bundles = [
  // What a program imports knows neither Node nor the DOM.
  { folder: "lib", platform: "browser", input: { casus: "src/casus.ts", worker: "src/api/worker.ts" } },
  {
    folder: "lib",
    platform: "node",
    input: { node: "src/cli/node.ts", "parquet-thread": "src/cli/parquet-thread.ts" },
    plugins: [besideApi],
  },
];

const made = bundles.flatMap(({ folder, input }) => Object.keys(input).map((name) => `${folder}/${name}.js`));
if (isFresh(made, ["src", "scripts/bundle.mjs", "package-lock.json"])) process.exit();

rmSync(join(root, "lib"), { recursive: true, force: true });
for (const { folder, platform, input, plugins = [] } of bundles) {
  const bundle = await rolldown({
    cwd: root,
    platform,
    tsconfig: false,
    input,
    external: [/^node:/],
    plugins: [withoutPrintf, ...plugins],
    resolve: {
      conditionNames: ["source", "import", "module", "default", ...(platform === "node" ? ["node"] : ["browser"])],
    },
    logLevel: "warn",
  });
  await bundle.write({
    dir: join(root, folder),
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "shared-[hash].js",
    minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
    comments: false,
  });
}
