/** Builds the page's assets into dist/web: `app/` for a folder or a server, `single/` for one file (`--mode single`). */

import { join } from "node:path";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";

const root = import.meta.dirname;

/**
 * The inverse beta and gamma distributions are a fourth of all script, and most cases use neither: the worker that begins at `runs-plain.ts` goes without
 * them, and the page takes the other where a case does.
 */
function withoutHeavyQuantiles(): Plugin {
  let isPlain = false;
  const stub = "\0no-heavy-quantile";
  return {
    name: "without-heavy-quantiles",
    enforce: "pre",
    buildStart: (o) => {
      isPlain = JSON.stringify(o.input).includes("runs-plain");
    },
    resolveId: (id) => (isPlain && /^@stdlib\/.*-(beta|gamma)-quantile$/.test(id) ? stub : null),
    load: (id) =>
      id === stub ? 'export default () => { throw new RangeError("this worker knows no beta and no gamma"); };' : null,
  };
}

/** What stdlib says where it is given no number: no reader sees it, and its printf weighs more than what it serves. */
function withoutPrintf(): Plugin {
  const stub = "\0plain-format";
  return {
    name: "without-printf",
    enforce: "pre",
    resolveId: (id) => (id === "@stdlib/string-format" ? stub : null),
    load: (id) => (id === stub ? "module.exports = function (text) { return String(text); };" : null),
  };
}

export default defineConfig(({ mode }) => {
  const isSingle = mode === "single";
  const conditions = ["source", ...defaultClientConditions.filter((c) => c !== "development|production"), "production"];
  return {
    root: join(root, "src/web"),
    base: "./",
    publicDir: false,
    resolve: { conditions },
    define: { __SINGLE__: String(isSingle) },
    plugins: [withoutPrintf(), solid()],
    // A module worker from a blob does not start where the page was opened from a disk.
    worker: {
      format: "iife",
      plugins: () => [withoutPrintf(), withoutHeavyQuantiles()],
      rolldownOptions: { output: { comments: false } },
    },
    build: {
      outDir: join(root, "dist/web", isSingle ? "single" : "app"),
      emptyOutDir: true,
      target: "es2022",
      // Preloading asks for markup the policy of the page forbids, and there is next to nothing to preload.
      modulePreload: false,
      cssCodeSplit: false,
      chunkSizeWarningLimit: 1000,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { page: join(root, "src/web/page/main.tsx") },
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "[name]-[hash].js",
          assetFileNames: "[name][extname]",
          comments: false,
          // What only the editor and a broken case need must not ride along in the script of every page.
          codeSplitting: isSingle
            ? false
            : {
                groups: [
                  { name: "places", test: /src\/model\/locator/, priority: 1 },
                  { name: "catalogue", test: /src\/text\/catalogue/ },
                  { name: "hash", test: /@noble\/hashes|src\/(text\/hash|model\/verify-source)/ },
                ],
              },
        },
      },
    },
  };
});
