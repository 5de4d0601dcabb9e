export {
  createClient,
  type CallLogList,
  type CekuraClient,
  type RequestOptions,
} from './create-client.ts'
export { CekuraError, type CekuraErrorCode } from './cekura-error.ts'
export type { ClientOptions } from './settings.ts'
export type {
  CallLog,
  CallLogPage,
  CallLogStatus,
  ListCallLogsQuery,
  Metric,
} from '@cekura-kit/types'
