/** Parquet files, made here: what the fuzzer's bytes start from. */

import { parquetWriteBuffer } from "hyparquet-writer";

const rows = 40;
const each = (make) => Array.from({ length: rows }, (_, i) => make(i));
const columns = [
  { name: "start", data: each((i) => 1900 + i), type: "INT32" },
  { name: "won", data: each((i) => (i % 7 === 0 ? null : i % 2 === 0 ? "yes" : "no")), type: "STRING", nullable: true },
  { name: "won_else", data: each((i) => (i === 3 ? "yes" : "")), type: "STRING" },
  { name: "losses", data: each((i) => (i * i) / 7), type: "DOUBLE" },
  { name: "side", data: each((i) => (i % 3 === 0 ? "land" : "sea")), type: "STRING" },
  { name: "when", data: each((i) => new Date(Date.UTC(1950, i, 1))), type: "TIMESTAMP" },
  { name: "weight", data: each((i) => BigInt(i % 3)), type: "INT64" },
  { name: "open", data: each((i) => i % 2 === 0), type: "BOOLEAN" },
];

/** As texts of characters 0 … 255. */
export function madeParquet() {
  return ["SNAPPY", "UNCOMPRESSED"].flatMap((codec) =>
    [rows, 7].map((rowGroupSize) =>
      Buffer.from(parquetWriteBuffer({ columnData: columns, codec, rowGroupSize })).toString("latin1"),
    ),
  );
}
