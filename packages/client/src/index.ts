export type { CallLogList, CallLogs, ListOptions, RangeOptions } from './call-logs.ts'
export { createClient, type CekuraClient } from './create-client.ts'
export { CekuraError, type CekuraErrorCode } from './cekura-error.ts'
export type { AttemptInfo, Hooks } from './hooks.ts'
export type { ListQuery } from './list-query.ts'
export type { PageWalk, WalkOptions, WalkReport } from './page-walk.ts'
export type { ClientOptions, Fetch, HeaderOptions, RequestOptions } from './settings.ts'
export type { PageSchema } from './standard-schema.ts'
export type {
  CallLog,
  CallLogPage,
  CallLogStatus,
  CallLogsListQuery,
  Metric,
} from '@cekura-kit/types'
