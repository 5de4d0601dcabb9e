import type { components, operations } from './schema.ts'

export type { $defs, components, operations, paths, webhooks } from './schema.ts'
export { apiKeyHeader, defaultBaseUrl, operationPaths, specDigest } from './constants.ts'

type Schemas = components['schemas']

/** One observed call and what was made of it. @see operation `listCallLogs` */
export type CallLog = Schemas['CallLog']
/** Outcome of a call, as evaluated or as a reviewer decided. */
export type CallLogStatus = Schemas['CallLogStatus']
/** One page of call logs and the way to its neighbours. */
export type CallLogPage = Schemas['CallLogPage']
/** One score of a call: numeric with `score`, or enum with `enum` and `value`. */
export type Metric = Schemas['Metric']
/** Body of a 400: messages by the name of the parameter they are about. */
export type FieldErrors = Schemas['FieldErrors']
/** Body of a 401, 403, 404 or 429. */
export type ErrorDetail = Schemas['ErrorDetail']
/** Query parameters of `listCallLogs`, as they go over the wire. */
export type ListCallLogsQuery = operations['listCallLogs']['parameters']['query']
