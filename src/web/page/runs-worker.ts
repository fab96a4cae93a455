/** The runs worker as the bundler inlines it: a chunk of its own, so that the first picture does not wait for it. */

export { default } from "../workers/runs.ts?worker&inline";
