/** Reads what a page came with, its table and its rows of evidence: files beside the page, or text in the page itself. */

import { fromBase85, openRows, readPageTable, type EvidenceRows, type OpenedRows, type PageTable } from "#internal.ts";

type Id = "table" | "evidence";

/** Null where there is none, or where it is of another text of the case. Rejects where it is damaged. */
export async function tableWith(key: string | undefined): Promise<PageTable | null> {
  const inside = document.getElementById("table")?.textContent ?? null;
  const bytes =
    inside === null
      ? ((await beside("table"))?.arrayBuffer().then((b) => new Uint8Array(b)) ?? null)
      : fromBase85(inside);
  const read = await bytes;
  if (read === null) return null;
  const table = readPageTable(read);
  return table.key === key ? table : null;
}

export async function evidenceWith(): Promise<OpenedRows | null> {
  const inside = document.getElementById("evidence")?.textContent ?? null;
  const text = inside ?? (await (await beside("evidence"))?.text()) ?? null;
  if (text === null) return null;
  const rows = JSON.parse(text) as EvidenceRows;
  if (rows.schema !== "casus/evidence-rows@1") throw new SyntaxError("its schema is not casus/evidence-rows@1");
  return openRows(rows);
}

/** A server that is making it anew answers with nothing (204). */
async function beside(id: Id): Promise<Response | null> {
  const response = await fetch(id === "table" ? "table.bin" : "evidence.json");
  return response.ok && response.status !== 204 ? response : null;
}
