/** The smaller runs worker as the bundler inlines it. */

export { default } from "../workers/runs-plain.ts?worker&inline";
