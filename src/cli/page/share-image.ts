/** Makes the picture that is shown where a page's address is passed on: SVG to PNG, in the type that the page ships. */

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sharePicture, type PageData } from "#internal.ts";
import { Usage } from "../disk.ts";
import { packageFolder } from "../package-folder.ts";

/** Its name next to a page. */
export const shareName = "share.png";

const built = fileURLToPath(new URL("dist/web/share/", packageFolder));
const faces = ["sans-400", "sans-600", "serif-400", "serif-700"];

/** PNG of 1200 × 630; null where the page has no figure that could be drawn. Resvg is loaded when a picture is made, and only then. */
export async function shareImage(data: PageData): Promise<Uint8Array | null> {
  const svg = sharePicture(data);
  if (svg === null) return null;
  if (!existsSync(`${built}resvg.wasm`)) throw new Usage("the page is not built; run npm run build first");
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  starting ??= initWasm(readFileSync(`${built}resvg.wasm`));
  await starting;
  const fontBuffers = faces.map((name) => new Uint8Array(readFileSync(`${built}${name}.ttf`)));
  const drawing = new Resvg(svg, {
    font: { loadSystemFonts: false, fontBuffers, defaultFontFamily: "Casus Sans", sansSerifFamily: "Casus Sans" },
  });
  try {
    return drawing.render().asPng();
  } finally {
    drawing.free();
  }
}

/** Its module may be started once in a process. */
let starting: Promise<void> | undefined;
