// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

import type { components, operations } from './schema.ts'

/** One page of call logs. */
export type CallLogPage = components['schemas']['CallLogPage']

/**
 * One observed call and its evaluation. Which properties are always present is not documented. Only
 * the properties that a list of calls cannot work without are required: ids, time and outcome.
 * Others can be missing, and unknown ones can be present.
 */
export type CallLog = components['schemas']['CallLog']

/**
 * Outcome of the call: evaluated (`success`, `failure`), decided by a person (`reviewed_success`,
 * `reviewed_failure`), or not known yet (`evaluating`).
 */
export type CallLogStatus = components['schemas']['CallLogStatus']

/**
 * One metric result of a call. A numeric metric has `score`; an enum metric has `enum` and `value`
 * instead. `id`, `name` and `type` are required because they identify the metric.
 */
export type Metric = components['schemas']['Metric']

/** Error messages by the name of the invalid parameter. */
export type FieldErrors = components['schemas']['FieldErrors']

/** An error message. */
export type ErrorDetail = components['schemas']['ErrorDetail']

/** Query parameters of `callLogs.list` (GET `/observability/v1/call-logs/`). */
export type CallLogsListQuery = NonNullable<operations['callLogs.list']['parameters']['query']>

/** Successful response of `callLogs.list` (GET `/observability/v1/call-logs/`). */
export type CallLogsListResponse = operations['callLogs.list']['responses'][200]['content']['application/json']
