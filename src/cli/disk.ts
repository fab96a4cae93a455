/** What the system says of a path that cannot be read or written in; a sentence for the person at the terminal out. */

import { Refused } from "#internal.ts";

/** Wrong usage, or a path that cannot be read or written: told on one line, exit code 2. */
export class Usage extends Refused {
  constructor(message: string) {
    super(message);
    this.name = "Usage";
  }
}

/** An error of the system, such as a full disk. */
interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && "code" in error && typeof error.code === "string" && "syscall" in error;
}

const sentences: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no ${path}`,
  ENOTDIR: (path) => `${path}: a part of this path is a file, not a folder`,
  EISDIR: (path) => `${path} is a folder; name a file`,
  EEXIST: (path) => `${path} is there already`,
  EACCES: (path) => `${path}: the system does not allow it; look at the rights of the file and its folder`,
  EPERM: (path) => `${path}: the system does not allow it; look at the rights of the file and its folder`,
  EROFS: (path) => `${path} is on a disk that can only be read`,
  ENOSPC: (path) => `${path}: the disk is full`,
  EDQUOT: (path) => `${path}: your share of the disk is full`,
  EFBIG: (path) => `${path}: the file would be larger than the system allows`,
  ENAMETOOLONG: (path) => `${path.slice(0, 60)}…: the name is too long for the system`,
  ELOOP: (path) => `${path}: its links lead in a circle`,
  EMFILE: (path) => `${path}: too many files are open`,
  ENFILE: (path) => `${path}: too many files are open`,
  EIO: (path) => `${path}: the disk does not answer as it should`,
  EBUSY: (path) => `${path} is in use by another program`,
  ETXTBSY: (path) => `${path} is in use by another program`,
  EPIPE: (path) => `${path} was closed before everything was written`,
};

export function systemText(error: SystemError, path = error.path ?? "a file"): string {
  return sentences[error.code]?.(path) ?? `${path}: the system says ${error.code} (${error.syscall})`;
}

/** Does it; what the system refuses becomes a sentence about `path`. */
export function onDisk<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isSystemError(error)) throw new Usage(systemText(error, path));
    throw error;
  }
}
