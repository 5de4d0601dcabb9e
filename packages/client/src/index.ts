export {
  createTranscript,
  type SpokenTurn,
  type ToolTurn,
  type Turn,
} from './call-logs/create-transcript.ts'
export type { CallLogBefore } from './call-logs/evaluation-state.ts'
export { getCallLogs, type GetCallLogsQuery } from './call-logs/get-call-logs.ts'
export {
  listCallLogsInRange,
  type CallLogsRange,
  type RangeOptions,
} from './call-logs/list-call-logs-in-range.ts'
export { sendAndWait, type SendAndWaitOptions } from './call-logs/send-and-wait.ts'
export { waitForEvaluation, type WaitOptions } from './call-logs/wait-for-evaluation.ts'
export type { CallMethod, CekuraClient, ListMethod, OperationMethods } from './client-types.ts'
export { createClient } from './create-client.ts'
export {
  CekuraError,
  type CekuraErrorCode,
  type CekuraErrorDetails,
  type CekuraErrorReason,
} from './errors/cekura-error.ts'
export type { AttemptInfo, Hooks } from './hooks.ts'
export type {
  PageList,
  PagePosition,
  PaginateOptions,
  PaginationReport,
} from './pagination/paginate.ts'
export type { PaginatedList } from './pagination/paginated-list.ts'
export type { CallOptions, ClientOptions, HeaderOptions } from './settings/client-options.ts'
export type { Fetch, FetchInit, FetchResponse } from './transport/fetch.ts'
export type {
  Agent,
  CallLog,
  CallLogDetail,
  CallLogPage,
  CallLogsListInput,
  CallLogsSendBody,
  CallLogStatus,
  EvaluatedMetric,
  Metric,
  MetricDefinition,
  TranscriptTurn,
} from '@cekura-kit/types'
