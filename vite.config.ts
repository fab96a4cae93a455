/** Builds the page's assets into dist/web: `app/` for a folder or a server, `single/` for one file (`--mode single`). */

import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
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

/** What reads XML has a form for Node's streams, which no page uses. */
function withoutStreams(): Plugin {
  const stub = "\0no-streams";
  return {
    name: "without-streams",
    enforce: "pre",
    resolveId: (id) => (id === "stream" ? stub : null),
    load: (id) => (id === stub ? "export default {};" : null),
  };
}

/**
 * A page in one file has one script, which is its workers' as well: in a thread of its own it begins as the worker that its name says. With a bundle for each worker the
 * language, the model and the kernel would stand in the file four times.
 */
function oneScript(): Plugin {
  const web = join(root, "src/web");
  const entry = "\0one-script";
  const workers: Readonly<Record<string, string>> = {
    "page/runs-worker.ts": "runs",
    // Nothing is saved by leaving quantiles out where the page has them anyway.
    "page/runs-plain-worker.ts": "runs",
    "page/editor/checker-worker.ts": "checker",
  };
  return {
    name: "one-script",
    enforce: "pre",
    resolveId: (id) => (id === "one-script" ? entry : null),
    load: (id) => {
      if (id === entry)
        return `
          if (globalThis.document !== undefined) import(${JSON.stringify(join(web, "page/main.tsx"))});
          else if (self.name === "checker") import(${JSON.stringify(join(web, "workers/checker.ts"))});
          else import(${JSON.stringify(join(web, "workers/runs.ts"))});`;
      const name = workers[relative(web, id)];
      return name === undefined
        ? null
        : `
          let address;
          const own = () => new Blob([document.getElementById("script").textContent], { type: "text/javascript" });
          export default class extends Worker {
            constructor() { super(address ??= URL.createObjectURL(own()), { name: "${name}" }); }
          }`;
    },
  };
}

/** A page in one file is of one case: nobody drafts another in it. */
function withoutPasting(): Plugin {
  const paste = join(root, "src/web/page/paste.tsx");
  return {
    name: "without-pasting",
    enforce: "pre",
    load: (id) => (id === paste ? "export default () => null;" : null),
  };
}

/** The type of a page in one file is at hand. As an option it comes too late for the first picture, and then never; in a folder, waiting for it would move what is read. */
function withTypeAtHand(): Plugin {
  return {
    name: "with-type-at-hand",
    enforce: "pre",
    transform: (code, id) =>
      id.endsWith("/page.css") ? code.replaceAll("font-display: optional", "font-display: block") : null,
  };
}

/** Only components hold markup: no other file needs to be read for it. */
const components = () => solid({ include: /\.tsx$/ });

/** Next to the script of a page in one file: the hash that the page's policy names. */
function hashed(): Plugin {
  const folder = join(root, "dist/web/single");
  return {
    name: "hashed",
    closeBundle: () => {
      const script = readFileSync(join(folder, "page.js"), "utf8");
      writeFileSync(join(folder, "page.sha256"), createHash("sha256").update(script, "utf8").digest("base64"));
    },
  };
}

/** What the picture is drawn with for those who are sent a page's address. */
function withSharing(): Plugin {
  const folder = join(root, "dist/web/share");
  const drawing = createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm");
  return {
    name: "with-sharing",
    closeBundle: () => {
      mkdirSync(folder, { recursive: true });
      copyFileSync(drawing, join(folder, "resvg.wasm"));
      for (const face of ["sans-400", "sans-600", "serif-400", "serif-700"])
        copyFileSync(join(root, "src/web/type", `${face}.ttf`), join(folder, `${face}.ttf`));
    },
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
    plugins: [
      withoutPrintf(),
      withoutStreams(),
      components(),
      ...(isSingle ? [oneScript(), withoutPasting(), withTypeAtHand(), hashed()] : [withSharing()]),
    ],
    // A module worker from a blob does not start where the page was opened from a disk.
    worker: {
      format: "iife",
      plugins: () => [withoutPrintf(), withoutStreams(), withoutHeavyQuantiles()],
      rolldownOptions: { checks: { pluginTimings: false }, output: { comments: false } },
    },
    build: {
      outDir: join(root, "dist/web", isSingle ? "single" : "app"),
      emptyOutDir: true,
      target: "es2022",
      // Preloading asks for markup the policy of the page forbids, and there is next to nothing to preload.
      modulePreload: false,
      cssCodeSplit: false,
      // One file carries its type; beside others, it is a file of its own.
      assetsInlineLimit: isSingle ? 100_000 : 0,
      // In kB; what a page may weigh is held by tests.
      chunkSizeWarningLimit: 4000,
      reportCompressedSize: false,
      rolldownOptions: {
        // Vite's helper for preloading asks where it is, and is not used.
        checks: { pluginTimings: false, emptyImportMeta: !isSingle },
        input: { page: isSingle ? "one-script" : join(root, "src/web/page/main.tsx") },
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "[name]-[hash].js",
          assetFileNames: "[name][extname]",
          comments: false,
          // Its workers are no modules.
          ...(isSingle ? { format: "iife" } : {}),
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
