/** A page in; the table that came with it, read, out: a file beside the page, or bytes in the page itself. */

import { readPageTable, type PageTable } from "#casus.ts";

/** Null where there is none, or where it is of another text of the case. Rejects where it is damaged. */
export async function tableWith(key: string | undefined, name: string | null): Promise<PageTable | null> {
  const bytes = name === null ? inPage() : await beside(name);
  if (bytes === null) return null;
  const table = readPageTable(bytes);
  return table.key === key ? table : null;
}

function inPage(): Uint8Array | null {
  const text = document.getElementById("table")?.textContent ?? "";
  return text === "" ? null : Uint8Array.from(atob(text.trim()), (c) => c.charCodeAt(0));
}

async function beside(name: string): Promise<Uint8Array | null> {
  const response = await fetch(name);
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}
