/** A checksum of 64 bits that shows whether two sets of columns are the same to the last bit. Quick and small, and no guard against malice. */

/** Two 32-bit FNV-1a hashes from different beginnings over the columns' words, as 16 hexadecimal digits. */
export function checksumOf(columns: readonly Float64Array[]): string {
  let [a, b] = [0x811c9dc5, 0x050c5d1f];
  for (const column of columns) {
    const words = new Uint32Array(column.buffer, column.byteOffset, 2 * column.length);
    for (const word of words) {
      a = Math.imul(a ^ word, 0x01000193);
      b = Math.imul(b ^ (word >>> 16) ^ (word << 16), 0x01000193);
    }
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
