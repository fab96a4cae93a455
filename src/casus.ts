/** The public API: what a program that uses Casus needs. Every name is documented where it is declared; `docs/api` is made from this file. */

// Read a case, ask about it.
export { CaseError, read, type Case, type ReadOptions } from "#api/case.ts";
export {
  compare,
  explain,
  flip,
  learn,
  play,
  report,
  run,
  score,
  test,
  type CompareOptions,
  type ExplainOptions,
  type LearnOptions,
  type PlayOptions,
  type ReportAnswer,
  type ReportOptions,
  type TestAnswer,
} from "#api/ask.ts";
export type { Answer, AnswerDocument, AskOptions, StopSignal, TextOptions } from "#api/answer.ts";
export { openLab, type OpenLab, type ThreadOptions } from "#api/threads.ts";
export { version } from "#api/version.ts";

// What may go wrong.
export { Refused } from "#text/refused.ts";
export { OverBudget } from "#ensemble/budget.ts";
export { StoppedRun } from "#ensemble/failure.ts";
export type { Diagnostic } from "#text/diagnostic.ts";
export { printDiagnostics } from "#text/print.ts";

// The text of a case, and the model that was made of it.
export { format } from "#language/formatter.ts";
export type { Document, Span } from "#text/span.ts";
export type { Choice, Claim, Conclusion, Event, Model, Outcome, Stock, Unknown, View } from "#model/model.ts";

// What is found.
export type { Progress } from "#ensemble/work/lab.ts";
export type { Situation } from "#ensemble/situation.ts";
export type { Verdict } from "#analysis/verdicts/verdict.ts";
export type { ConclusionFinding } from "#analysis/verdicts/conclusions.ts";
export type { ComparisonFinding, FigureFinding } from "#analysis/figures/figures.ts";
export type { OutcomeFinding, OutcomeHead } from "#analysis/outcomes/outcomes.ts";
export type { ProfileFinding, RunFindings } from "#analysis/findings/findings.ts";
export type { ReportFindings } from "#analysis/findings/report-findings.ts";
export type { ExplainFindings, FlipFindings } from "#analysis/carries/explain.ts";
export type { CompareFindings } from "#analysis/options/compare.ts";
export type { PlayFindings } from "#analysis/play/play.ts";
export type { LearnFindings } from "#analysis/record/learn.ts";
export type { Frozen, ScoreFindings } from "#analysis/record/score.ts";
export type { RecordTestFinding } from "#analysis/record/record-tests.ts";

// Words and pictures.
export type { Provenance } from "#report/words/provenance.ts";
export { verdictSentence } from "#report/words/sentences.ts";
export { jsonSchemas } from "#report/json/json-schemas.ts";
export { standalone, type ChartHead, type Picture } from "#report/picture/picture.ts";
export { curveChart, type CurveData } from "#report/charts/curve-chart.ts";
export { fanChart, type FanData } from "#report/charts/fan-chart.ts";
export { outcomeChart, type OutcomeData } from "#report/charts/outcome-chart.ts";
export { verdictStrip, type VerdictData } from "#report/charts/verdict-strip.ts";
