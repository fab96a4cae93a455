/** Gives the reader a text or a picture as a file. Nothing leaves the browser. */

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

/** What pictures are set in. */
const family = "Casus Sans";

/** A stand-alone SVG that carries the page's own type, so that it looks the same wherever it is opened. */
export async function withType(svg: string): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => ({ rule, sheet })));
  const faces = rules.flatMap(({ rule, sheet }) =>
    rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("font-family").includes(family)
      ? [{ rule, from: sheet.href ?? location.href }]
      : [],
  );
  const written = await Promise.all(faces.map(async ({ rule, from }) => faceText(rule, from)));
  return svg.replace("<style>", () => `<style>${written.join("")}`);
}

/** Empty where the type cannot be had, as when the page is offline: the picture is then set in what there is. */
async function faceText({ style }: CSSFontFaceRule, from: string): Promise<string> {
  const [, address = ""] = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue("src")) ?? [];
  try {
    const data = address.startsWith("data:") ? address : await dataAddress(new URL(address, from));
    return `@font-face{font-family:"${family}";font-weight:${style.getPropertyValue("font-weight")};src:url("${data}") format("woff2")}`;
  } catch {
    return "";
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
