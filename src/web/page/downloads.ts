/** Gives the reader a text or a picture as a file. Nothing leaves the browser. */

import { pictureFamily, withFaces, type PictureFace } from "#internal.ts";

export function saveText(name: string, text: string, type: string): void {
  saveBlob(name, new Blob([text], { type }));
}

export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A stand-alone SVG that carries the page's own type. */
export async function withType(svg: string): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => ({ rule, sheet })));
  const faces = rules.flatMap(({ rule, sheet }) =>
    rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("font-family").includes(pictureFamily)
      ? [{ rule, from: sheet.href ?? location.href }]
      : [],
  );
  const found = await Promise.all(faces.map(async ({ rule, from }) => faceOf(rule, from)));
  return withFaces(svg, found.flat());
}

/** None where the type cannot be had, as when the page is offline: the picture is then set in what there is. */
async function faceOf({ style }: CSSFontFaceRule, from: string): Promise<readonly PictureFace[]> {
  const [, address = ""] = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue("src")) ?? [];
  try {
    const data = address.startsWith("data:") ? address : await dataAddress(new URL(address, from));
    return [{ weight: style.getPropertyValue("font-weight"), address: data }];
  } catch {
    return [];
  }
}

async function dataAddress(address: URL): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  return `data:font/woff2;base64,${btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""))}`;
}

/** A stand-alone SVG as pixels, at twice its size. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error("this browser made no picture")) : resolve(blob)),
      "image/png",
    ),
  );
}
