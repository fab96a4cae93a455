/** How a verb says that it is done. */

/** 0 done; 1 a check failed; 2 wrong usage; 3 the case is wrong, or a run of it could not go on; 4 over budget; 70 a bug; 130 stopped. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 70 | 130;

export type Done = (code: ExitCode) => void;
