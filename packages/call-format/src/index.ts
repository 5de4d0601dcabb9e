export { columnNames, splitColumns, type CallColumns } from './encode/call-columns.ts'
export {
  createMetricsCsv,
  csvHeader,
  encodeCsvField,
  encodeCsvLine,
  encodeCsvRow,
  type CsvTarget,
} from './encode/encode-csv.ts'
export { encodeNdjsonRow } from './encode/encode-ndjson.ts'
export {
  formatNumber,
  formatPercent,
  formatPoints,
  formatSeconds,
  formatShare,
  plural,
  withSign,
} from './encode/format-number.ts'
export { maskNumber } from './encode/mask-number.ts'
export { escapeRiskyCharacters } from './encode/risky-characters.ts'
export {
  breakDown,
  dimensionReader,
  hourReader,
  isDimension,
  type Breakdown,
  type BreakdownPeriods,
  type BreakdownRow,
  type Dimension,
} from './statistics/break-down.ts'
export { createCallCounter, type CallCounter, type CallSummary } from './statistics/call-summary.ts'
export {
  compareRates,
  correctComparisons,
  minEvaluatedCalls,
  significanceLevel,
  type Rate,
  type RateChange,
  type RateResult,
} from './statistics/compare-rates.ts'
export { comparePeriods, type Period, type PeriodChange } from './statistics/compare-periods.ts'
export { compareMeans, meanOf, type Mean, type MeanChange } from './statistics/compare-means.ts'
export {
  createMetricCounter,
  isBinaryScore,
  type MetricSpread,
} from './statistics/metric-counter.ts'
export { isBinary, metricOverTime, type MetricPoint } from './statistics/metric-over-time.ts'
export {
  noOutcomes,
  outcomeOf,
  outcomes,
  successRate,
  type Outcome,
  type OutcomeCounts,
} from './statistics/outcome.ts'
export { proportion, type Proportion } from './statistics/proportion.ts'
export { quantile, summarizeValues, type QuantileSummary } from './statistics/quantile.ts'
export { countOne, rankCounts, type ValueCount } from './statistics/rank-counts.ts'
export { successRateOverTime, type RatePoint } from './statistics/success-rate-over-time.ts'
export {
  dayMs,
  findBucket,
  hourMs,
  minuteMs,
  planBuckets,
  type BucketPlan,
  type TimeBucket,
  type TimeRange,
} from './time/plan-buckets.ts'
export { readDuration } from './time/read-duration.ts'
export {
  comparisonPeriod,
  comparisons,
  previousPeriod,
  type Comparison,
} from './time/previous-period.ts'
export { fromWallTime, isTimeZone, toWallTime } from './time/zone.ts'
