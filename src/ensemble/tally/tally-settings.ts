/** When runs are tallied instead of kept, and how finely: the three figures that decide what memory and digits an ensemble has. */

/** Up to so many runs of each job the values of every run are kept and quantiles are exact; above, they are tallied. 64 blocks. */
export const exactRuns = 16_384;

/** Worlds run first, by value: they say how fine to count, and give the error of what has no closed form. */
export const pilotRuns = 4096;

/** Buckets to the middle 90 % of runs, as a power of 2: for outcomes and figures, and at each time of a series. */
export const bits = { ranked: 9, series: 6 } as const;
