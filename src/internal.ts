/** What the front ends share: every name that the command line and the page take from the rooms. The public API is `casus.ts`. */

export { Refused } from "#text/refused.ts";
export { isClean, isOfGrammar, type Diagnostic } from "#text/diagnostic.ts";
export { applyEdits, takeFixes, type Edit } from "#text/fix.ts";
export { LineIndex, positionAt, type Document, type Span } from "#text/span.ts";
export { printDiagnostics } from "#text/print.ts";
export { sha256Of } from "#text/hash.ts";
export { paragraphs, placeText } from "#text/passages.ts";
export { nearest } from "#text/near.ts";
export { isReplyAddress } from "#text/link.ts";
export { parse, parseAll } from "#language/parser.ts";
export { format } from "#language/formatter.ts";
export { fitPart, readPart, type ShelfPart } from "#language/parts.ts";
export { lex } from "#language/lexer.ts";
export { outline } from "#language/outline.ts";
export { isDeclarationWord, wordsOfLanguage } from "#language/words.ts";
export { importArgument, isArgumentFile } from "#interchange/argument/draft-case.ts";
export { draftFromProse, type ProseDraft, type ReadSentence } from "#interchange/prose/draft-prose.ts";
export { isProseFile } from "#interchange/prose/read-prose.ts";
export { writeArgdown } from "#interchange/argument/write-argdown.ts";
export { csvText, type CsvCell } from "#interchange/csv-text.ts";
export { writeSeries } from "#interchange/tables/write-series.ts";
export { readCsv } from "#evidence/csv.ts";
export { importModel, isModelFile } from "#interchange/dynamics/import-model.ts";
export type { SuppliedTable } from "#interchange/dynamics/supplied.ts";
export { writeXmile } from "#interchange/dynamics/write-xmile.ts";
export {
  questionsAsCsv,
  questionsAsJson,
  questionsAsMarkets,
  type ForecastQuestion,
} from "#interchange/write-forecasts.ts";
export { lossWarnings, UnreadableFile, type Loss } from "#interchange/problem.ts";
export { check, readModel } from "#model/check.ts";
export { completionsAt, type Completion } from "#model/editing/completion.ts";
export { hoverAt } from "#model/editing/hover.ts";
export { declarationsAt, referencesAt, renameAt, wordAt } from "#model/editing/names.ts";
export { coverage, type Coverage } from "#model/coverage.ts";
export { locatorText } from "#model/locator.ts";
export { verifySource, type SourceCheck } from "#model/verify-source.ts";
export type { Actor, Choice, Model, Claim, ClaimKind, Distribution, Unknown } from "#model/model.ts";
export { checksumOf } from "#ensemble/checksum.ts";
export { OverBudget } from "#ensemble/budget.ts";
export { StoppedRun } from "#ensemble/failure.ts";
export { checkRawRuns, rawColumns, rawRuns, type RawColumn, type RawValues } from "#analysis/runs/raw-runs.ts";
export { costOf, defaultBudget } from "#ensemble/cost.ts";
export { workOfRun } from "#ensemble/run-cost.ts";
export { solvingWork } from "#analysis/play/play-work.ts";
export { distinctViews, viewNames, mindOf, type Mind } from "#ensemble/draws/mind.ts";
export { notRunOf } from "#analysis/findings/not-run.ts";
export { runFindings, testFindings, type Request } from "#analysis/findings/findings.ts";
export { explainFindings, flipFindings, noShelf, type TableShelf } from "#analysis/carries/explain.ts";
export { checkExplained } from "#analysis/carries/explain-cost.ts";
export { discoverAll } from "#analysis/scenarios/discover.ts";
export { jitterFindings } from "#analysis/scenarios/jitter.ts";
export { chooserOf, compareFindings } from "#analysis/options/compare.ts";
export { type MarginFinding } from "#analysis/carries/table-margin.ts";
export { type ExplainGame } from "#analysis/carries/attribution.ts";
export { marginOfAnswer } from "#analysis/answers/anchor.ts";
export { type ClaimFlip, type FlipFinding } from "#analysis/carries/flips.ts";
export { believeAlike, mostBytes, mostGates, usualTable } from "#analysis/carries/claims-table.ts";
export { pageTable, readPageTable, type PageTable } from "#analysis/carries/page-table.ts";
export { askedOf, buildTable, type TableRequest } from "#ensemble/table/build-table.ts";
export { BadTable, decodeTable, encodeTable } from "#ensemble/table/table-bytes.ts";
export type { Table } from "#ensemble/table/table.ts";
export { standing, type Profile } from "#ensemble/profiles.ts";
export { keyOfSituation } from "#ensemble/situation.ts";
export { playFindings, type PlayFindings } from "#analysis/play/play.ts";
export { fileAsEfg, fileAsNfg, solveFile, treeAsEfg, treeAsNfg } from "#analysis/play/play-file.ts";
export { playFileJson, playJson } from "#report/json/play-json.ts";
export { playBlocks } from "#report/sections/play-section.ts";
export { playFileBlocks, problemText } from "#report/sections/play-file-section.ts";
export { labOf, localLab, totalRuns, workOfTasks, type Lab, type Progress, type Take } from "#ensemble/work/lab.ts";
export {
  hashOfBytes,
  packAnswer,
  partsOfParcel,
  taskPacker,
  unpackAnswer,
  unpackPart,
  unpackTask,
  type TaskAnswer,
} from "#ensemble/work/parcel.ts";
export { runsIn, type ResultOf, type Task } from "#ensemble/work/task.ts";
export { pool, ThreadLost, type PoolSettings, type Thread } from "#ensemble/work/pool.ts";
export { fromBytes, toBytes } from "#ensemble/work/shard-bytes.ts";
export type { UnknownSample } from "#analysis/carries/unknown-sample.ts";
export { keysOf, storedLab, type Store } from "#ensemble/work/stored.ts";
export { errorFromTrouble, serve, troubleOf, type FromWorker } from "#ensemble/work/worker.ts";
export { referenceEngine, type Engine } from "#kernel/engine.ts";
export {
  awaitsRecords,
  columnsOfTable,
  feed,
  readAgain,
  readTable,
  type Fed,
  type RecordTable,
} from "#analysis/record/tables.ts";
export type { ColumnsOfFile } from "#model/scope/file-columns.ts";
export { engineNamed } from "#kernel/wasm/engine.ts";
export { type RecordVerdict, recordTests } from "#analysis/record/record-tests.ts";
export { runBlocks } from "#report/sections/run-section.ts";
export { testBlocks } from "#report/sections/test-section.ts";
export { runDocument, runJson } from "#report/json/run-json.ts";
export { runTable } from "#report/json/run-table.ts";
export { explainBlocks } from "#report/sections/explain-section.ts";
export { flipBlocks } from "#report/sections/flip-section.ts";
export { explainPictures, flipPictures, type PictureFile } from "#report/render/svg.ts";
export { jitterPage, scenarioPage } from "#report/sections/scenario-section.ts";
export { compareBlocks } from "#report/sections/compare-section.ts";
export { compareJson } from "#report/json/compare-json.ts";
export { explainJson, flipJson } from "#report/json/explain-json.ts";
export { testJson } from "#report/json/test-json.ts";
export { checkJson } from "#report/json/check-json.ts";
export { draftBlocks, templateBlocks, type BegunCase } from "#report/sections/begin-section.ts";
export { soundBlocks } from "#report/sections/check-section.ts";
export { coverageBlocks } from "#report/sections/coverage-section.ts";
export { addedBlocks, shelfBlocks } from "#report/sections/shelf-section.ts";
export { sourceBlocks } from "#report/sections/source-section.ts";
export { colourPalette, plainPalette } from "#report/render/palette.ts";
export { terminalText, type TerminalLook } from "#report/render/terminal.ts";
export type { Provenance } from "#report/words/provenance.ts";
export { isElement, type Node } from "#report/picture/element.ts";
export { pictureFamily, standalone, withFaces, type Picture, type PictureFace } from "#report/picture/picture.ts";
export { tableCsv, tableNode, type DataTable } from "#report/picture/table.ts";
export { themeStyle } from "#report/picture/theme.ts";
export { timeLabel, timeOfIso } from "#report/picture/time-axis.ts";
export { fanChart, fanTable, type FanData } from "#report/charts/fan-chart.ts";
export { curveChart, curveTable, type CurveData } from "#report/charts/curve-chart.ts";
export { causalPicture } from "#report/causal/causal-picture.ts";
export { causalList } from "#report/causal/causal-list.ts";
export { contributionBars, contributionTable, type ContributionData } from "#report/charts/contribution-bars.ts";
export { flipStrips, flipTable, type FlipData } from "#report/charts/flip-strips.ts";
export { forecastData } from "#report/sections/score-section.ts";
export { forecastTable, forecastTimeline, type ForecastData } from "#report/charts/forecast-timeline.ts";
export { posteriorChart, posteriorTable, type PosteriorData } from "#report/charts/posterior-chart.ts";
export { recordDataOf } from "#report/sections/record-section.ts";
export { recordChart, recordTable } from "#report/charts/record-chart.ts";
export { tornado, tornadoTable, type TornadoData } from "#report/charts/tornado.ts";
export { reportFindings } from "#analysis/findings/report-findings.ts";
export { furtherFindings, leadingOf, type FurtherRequest } from "#analysis/findings/further.ts";
export { caseReport, tellingChoice } from "#report/sections/case-report.ts";
export { inGroups, type Block } from "#report/sections/blocks.ts";
export { documentHtml } from "#report/render/html.ts";
export { documentMarkdown } from "#report/render/markdown.ts";
export { reportJson } from "#report/json/report-json.ts";
export { learnFindings, learnWorlds, type LearnRequest } from "#analysis/record/learn.ts";
export { evidenceRows, evidenceRowsDefaults, viewsAlike, type EvidenceRows } from "#analysis/record/evidence-rows.ts";
export { openRows, reweigh, type OpenedRows, type Reweighed } from "#analysis/record/reweigh.ts";
export { layDown, scoreFindings, staleForecasts, type Frozen, type ScoreFindings } from "#analysis/record/score.ts";
export { learnPage } from "#report/sections/learn-section.ts";
export { learnJson } from "#report/json/learn-json.ts";
export { scorePage } from "#report/sections/score-section.ts";
export { frozenFileShape, scoreJson } from "#report/json/score-json.ts";
export { dateText, timeAt } from "#model/units/dates.ts";
export { contributionsOf, flipsOf } from "#report/sections/explain-figures.ts";
export { job, merged, keyOfJob, type Band, type Job, type Sample } from "#ensemble/jobs.ts";
export { makeRoom, withMoved, type Moved } from "#ensemble/moved-view.ts";
export { plainSituation, type Situation } from "#ensemble/situation.ts";
export { standingRuns, type Standing } from "#ensemble/standing.ts";
export { judgeConclusions, jobsOfConclusions, type ConclusionFinding } from "#analysis/verdicts/conclusions.ts";
export { answerComparisons } from "#analysis/answers/answer.ts";
export { judgeComparison, type ComparisonFinding, type FigureFinding } from "#analysis/figures/figures.ts";
export { isOpenAtEnd, turnsOf, type ClaimEnds } from "#analysis/carries/claim-ends.ts";
export { eventsOf, incidence } from "#analysis/outcomes/incidence.ts";
export {
  outcomeFinding,
  outcomeFindings,
  outcomeHead,
  type OutcomeFinding,
  type OutcomeHead,
} from "#analysis/outcomes/outcomes.ts";
export { kinIn, outcomeSides } from "#analysis/answers/sides.ts";
export { firstRuns, looksFor, needsAnotherLook, onlyLook, worldsOf, type Look } from "#analysis/answers/looks.ts";
export { judgeKnown, verdicts, type Verdict } from "#analysis/verdicts/verdict.ts";
export {
  contentPolicy,
  pageHtml,
  type PageAssets,
  type PageHead,
  type PageExtra,
  type ShelfCase,
} from "#report/page/page-html.ts";
export { readPage, writePage, type PageData } from "#report/page/page-data.ts";
export { pagePanels, type Panel, type PanelBlock } from "#report/render/page.ts";
export { signed, grouped, inScale, listed, plural, scaleOf } from "#report/words/numbers.ts";
export { badRowTexts, recordSentences, recordVerdictSentence } from "#report/words/record-words.ts";
export { bare, capital, hangingTexts, spaced } from "#report/words/words.ts";
export { makeFirstLead, makeLead, readerViews, type Lead } from "#analysis/lead/lead.ts";
export { leadFollower, type LeadStart, type LeadState } from "#analysis/lead/lead-moves.ts";
export type { LeadPicture } from "#analysis/lead/lead-picture.ts";
export { leadChart, type LeadChartData } from "#report/charts/lead-chart.ts";
export { chainChart, narrowestChain } from "#report/charts/chain-chart.ts";
export {
  axisWords,
  carryingClaims,
  chainChartData,
  chainNote,
  claimPlace,
  foundFigures,
  leadChartData,
  readingRows,
  readingsAxis,
  shareWords,
  toldFigures,
  viewLabel,
  type LeadFound,
} from "#report/page/lead-view.ts";
export {
  byline,
  claimWords,
  figureValue,
  firstFiguresLine,
  gapWithWay,
  leadOptionWords,
  leadSentence,
  guessWords,
  readingsTitle,
  leadSituationWords,
  leadVerdict,
  type LeadVerdict,
  runsIn100,
  sideLabels,
  small,
  statisticWords,
  verdictLine,
  type Phrase,
} from "#report/page/lead-words.ts";
export { quantileOfSorted } from "#ensemble/statistics.ts";
export { learnedWords } from "#report/page/learned-words.ts";
export { fromBase85, toBase85 } from "#report/page/base85.ts";
export { pageLoader } from "#report/page/page-loader.ts";
export { sharePicture } from "#report/page/share-picture.ts";
export { findingOfPage, firstScreen, kickerWords } from "#report/page/first-screen.ts";
export { findWorld, tellStory, type Story } from "#analysis/tell/story.ts";
export { tellJson, type ToldStory } from "#report/json/tell-json.ts";
export { tellBlocks } from "#report/sections/tell-section.ts";
export { storyLines, storyOutcomes, storyState, type StoryLine } from "#report/words/tell-words.ts";
export type { Expression } from "#model/expression.ts";
