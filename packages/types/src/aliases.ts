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

/** Error messages by the name of the invalid property, or one message. */
export type RequestErrors = components['schemas']['RequestErrors']

/**
 * One call log with everything that is stored about the call. Metric results are in
 * `evaluation.metrics`; there is no `metrics`. The properties that the list requires are required
 * here, too.
 */
export type CallLogDetail = components['schemas']['CallLogDetail']

/** Metric results of one call. */
export type Evaluation = components['schemas']['Evaluation']

/**
 * The result of one metric with its explanation. A binary or numeric metric has `score`; an enum
 * metric has `enum` or `value` instead. Results of older and newer metrics have the same schema;
 * only what identifies the metric is required.
 */
export type EvaluatedMetric = components['schemas']['EvaluatedMetric']

/**
 * One turn of the conversation, or one tool call. Only `role` is required, because the entry of a
 * tool result can have no `content`.
 */
export type TranscriptEntry = components['schemas']['TranscriptEntry']

/** One serious deviation from what the agent should do. No property is required. */
export type CriticalCategory = components['schemas']['CriticalCategory']

/** A call to evaluate, with either `agent` or `assistant_id`. */
export type CallLogSend = components['schemas']['CallLogSend']

/** A call of an agent that Cekura knows. */
export type CallLogSendByAgent = components['schemas']['CallLogSendByAgent']

/** A call of an assistant, named as its voice provider names it. */
export type CallLogSendByAssistant = components['schemas']['CallLogSendByAssistant']

/** What is sent about a call, with an agent or an assistant. */
export type CallLogSendFields = components['schemas']['CallLogSendFields']

/** One turn or one tool call of a transcript to send, in the format `cekura`. */
export type TranscriptTurn = components['schemas']['TranscriptTurn']

/**
 * What to change in a call log, at least one property. Whether the API rejects or ignores other
 * properties is not documented.
 */
export type CallLogUpdate = components['schemas']['CallLogUpdate']

/** Calls and metrics to evaluate, with either `agent_id` or `project_id`. */
export type MetricsEvaluation = components['schemas']['MetricsEvaluation']

/** Calls and metrics of one agent. */
export type MetricsEvaluationByAgent = components['schemas']['MetricsEvaluationByAgent']

/** Calls and metrics of one project. */
export type MetricsEvaluationByProject = components['schemas']['MetricsEvaluationByProject']

/** Ids of the call logs, at least 1. Order and duplicates are not documented. */
export type CallLogIds = components['schemas']['CallLogIds']

/**
 * Ids of the metrics, at least 1. They must belong to the agent or the project. A known issue of
 * the vendor is that all metrics of a call run, whatever is listed here.
 */
export type MetricIds = components['schemas']['MetricIds']

/** Calls to evaluate again, with either `agent_id` or `assistant_id`. */
export type EvaluationRerun = components['schemas']['EvaluationRerun']

/** Calls of one agent. */
export type EvaluationRerunByAgent = components['schemas']['EvaluationRerunByAgent']

/** Calls of one assistant. */
export type EvaluationRerunByAssistant = components['schemas']['EvaluationRerunByAssistant']

/** A person's opinion about one metric result of a call. */
export type MetricVote = components['schemas']['MetricVote']

/** Confirms a vote. */
export type MetricVoteResult = components['schemas']['MetricVoteResult']

/**
 * One page of agents. `next`, `previous` and `results` are required, because a list is useless
 * without them.
 */
export type AgentPage = components['schemas']['AgentPage']

/**
 * One voice agent. Only what identifies it is required. Undeclared properties can contain
 * credentials: never print an agent as a whole.
 */
export type Agent = components['schemas']['Agent']

/**
 * How calls reach the agent. Undeclared properties can contain credentials: never print it as a
 * whole.
 */
export type AgentTelephony = components['schemas']['AgentTelephony']

/**
 * The voice platform that runs the agent. Undeclared properties can contain credentials: never
 * print it as a whole.
 */
export type AgentProvider = components['schemas']['AgentProvider']

/** One metric. Only what identifies it and its kind are required. */
export type MetricDefinition = components['schemas']['MetricDefinition']

/** Query parameters of `callLogs.list` (GET `/observability/v1/call-logs/`). */
export type CallLogsListQuery = NonNullable<operations['callLogs.list']['parameters']['query']>

/** Successful response of `callLogs.list` (GET `/observability/v1/call-logs/`). */
export type CallLogsListResponse = operations['callLogs.list']['responses'][200]['content']['application/json']

/** Path parameters of `callLogs.get` (GET `/observability/v1/call-logs/{id}/`). */
export type CallLogsGetPath = operations['callLogs.get']['parameters']['path']

/** Successful response of `callLogs.get` (GET `/observability/v1/call-logs/{id}/`). */
export type CallLogsGetResponse = operations['callLogs.get']['responses'][200]['content']['application/json']

/** Path parameters of `callLogs.update` (PATCH `/observability/v1/call-logs/{id}/`). */
export type CallLogsUpdatePath = operations['callLogs.update']['parameters']['path']

/** Request body of `callLogs.update` (PATCH `/observability/v1/call-logs/{id}/`). */
export type CallLogsUpdateBody = NonNullable<operations['callLogs.update']['requestBody']>['content']['application/json']

/** Successful response of `callLogs.update` (PATCH `/observability/v1/call-logs/{id}/`). */
export type CallLogsUpdateResponse = operations['callLogs.update']['responses'][200]['content']['application/json']

/** Request body of `callLogs.send` (POST `/observability/v1/observe/`). */
export type CallLogsSendBody = NonNullable<operations['callLogs.send']['requestBody']>['content']['application/json']

/** Successful response of `callLogs.send` (POST `/observability/v1/observe/`). */
export type CallLogsSendResponse = operations['callLogs.send']['responses'][201]['content']['application/json']

/**
 * Request body of `callLogs.evaluateMetrics` (POST
 * `/observability/v1/call-logs/evaluate_metrics/`).
 */
export type CallLogsEvaluateMetricsBody = NonNullable<operations['callLogs.evaluateMetrics']['requestBody']>['content']['application/json']

/**
 * Successful response of `callLogs.evaluateMetrics` (POST
 * `/observability/v1/call-logs/evaluate_metrics/`).
 */
export type CallLogsEvaluateMetricsResponse = operations['callLogs.evaluateMetrics']['responses'][200]['content']['application/json']

/**
 * Request body of `callLogs.rerunEvaluation` (POST
 * `/observability/v1/call-logs/rerun_evaluation/`).
 */
export type CallLogsRerunEvaluationBody = NonNullable<operations['callLogs.rerunEvaluation']['requestBody']>['content']['application/json']

/**
 * Successful response of `callLogs.rerunEvaluation` (POST
 * `/observability/v1/call-logs/rerun_evaluation/`).
 */
export type CallLogsRerunEvaluationResponse = operations['callLogs.rerunEvaluation']['responses'][200]['content']['application/json']

/**
 * Path parameters of `callLogs.voteOnMetric` (POST
 * `/observability/v1/call-logs/{id}/mark_metric_vote/`).
 */
export type CallLogsVoteOnMetricPath = operations['callLogs.voteOnMetric']['parameters']['path']

/**
 * Request body of `callLogs.voteOnMetric` (POST
 * `/observability/v1/call-logs/{id}/mark_metric_vote/`).
 */
export type CallLogsVoteOnMetricBody = NonNullable<operations['callLogs.voteOnMetric']['requestBody']>['content']['application/json']

/**
 * Successful response of `callLogs.voteOnMetric` (POST
 * `/observability/v1/call-logs/{id}/mark_metric_vote/`).
 */
export type CallLogsVoteOnMetricResponse = operations['callLogs.voteOnMetric']['responses'][200]['content']['application/json']

/** Query parameters of `agents.list` (GET `/test_framework/v2/aiagents/`). */
export type AgentsListQuery = NonNullable<operations['agents.list']['parameters']['query']>

/** Successful response of `agents.list` (GET `/test_framework/v2/aiagents/`). */
export type AgentsListResponse = operations['agents.list']['responses'][200]['content']['application/json']

/** Query parameters of `metrics.list` (GET `/test_framework/v2/metrics/`). */
export type MetricsListQuery = NonNullable<operations['metrics.list']['parameters']['query']>

/** Successful response of `metrics.list` (GET `/test_framework/v2/metrics/`). */
export type MetricsListResponse = operations['metrics.list']['responses'][200]['content']['application/json']
