/** The checker as the bundler inlines it. */

export { default } from "../../workers/checker.ts?worker&inline";
