export { layers, UsageError, type Check, type Layer, type Need } from './check.ts'
export { closeSchemas } from './close-schemas.ts'
export type { AskedQuestion, Interview } from './live/interview.ts'
export type { LiveSettings } from './live/live-target.ts'
export { runLive, type LiveReport, type LiveRunOptions } from './live/run-live.ts'
export type { BodyShape, PlaceShape, Shapes } from './live/shape.ts'
export { listChecks, planSuite, type SuitePlan } from './plan-suite.ts'
export { createRequestJudge } from './request-judge.ts'
export { summarize, toJunit } from './report.ts'
export { runSuite, type Outcome, type SuiteOptions, type SuiteReport } from './run-suite.ts'
export { startTarget, type StartedName } from './start-target.ts'
export {
  isLoopback,
  targetNames,
  type Answer,
  type Asked,
  type KnownData,
  type Target,
  type TargetName,
} from './target.ts'
