/** Keeps a reader's copy of a source in this browser, under the hash it must have. Nothing is sent. */

interface KeptCopy {
  /** Null where none is kept, or this browser keeps nothing. */
  read(sha256: string): string | null;
  /** False where this browser keeps nothing or has no room. */
  keep(sha256: string, text: string): boolean;
  forget(sha256: string): void;
}

export function keptCopyIn(storage: () => Storage): KeptCopy {
  const key = (sha256: string): string => `casus source ${sha256}`;
  /** A browser may forbid storage to a page by throwing at the first touch. */
  const tried = <T>(work: (s: Storage) => T, otherwise: T): T => {
    try {
      return work(storage());
    } catch {
      return otherwise;
    }
  };
  return {
    read: (sha256) => tried((s) => s.getItem(key(sha256)), null),
    keep: (sha256, text) =>
      tried((s) => {
        s.setItem(key(sha256), text);
        return true;
      }, false),
    forget: (sha256) => tried((s) => s.removeItem(key(sha256)), undefined),
  };
}
