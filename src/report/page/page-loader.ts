/** The script that begins a page in one file: unpacks what the page carries, and starts it. */

import { base85Digits } from "./base85.ts";

/**
 * Texts to unpack stand in script elements that no browser runs: in gzip and as `toBase85` writes bytes. The page's own script comes last, and stays where it stood for
 * the threads that begin from it.
 */
export const pageLoader = `
(async () => {
  const digits = new Map([..."${base85Digits}"].map((c, i) => [c, i]));
  const bytesOf = (text) => {
    const letters = text.trim();
    const bytes = new Uint8Array(Math.ceil(letters.length / 5) * 4);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < letters.length; i += 5) {
      let n = 0;
      for (let k = 0; k < 5; k++) n = n * 85 + (digits.get(letters[i + k]) ?? 84);
      view.setUint32((i / 5) * 4, n);
    }
    return bytes.subarray(0, Math.floor((letters.length * 4) / 5));
  };
  const unpack = async (text) => {
    const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  };
  try {
    for (const element of document.querySelectorAll("script[data-packed]")) {
      const text = await unpack(element.textContent);
      if (element.id !== "script") { element.textContent = text; continue; }
      const script = document.createElement("script");
      script.type = "module";
      script.id = element.id;
      script.textContent = text;
      element.replaceWith(script);
    }
  } catch (error) {
    const notice = document.createElement("p");
    notice.className = "notice";
    notice.setAttribute("role", "alert");
    notice.textContent = "This browser cannot unpack the page (" + error + "). Here is what the case finds as it is; a browser of 2023 or later moves it.";
    document.getElementById("page").prepend(notice);
  }
})();
`;
