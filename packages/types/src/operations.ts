// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

import type {
  CallLogsListResponse,
  CallLogsGetResponse,
  CallLogsUpdateBody,
  CallLogsUpdateResponse,
  CallLogsSendBody,
  CallLogsSendResponse,
  CallLogsEvaluateMetricsBody,
  CallLogsEvaluateMetricsResponse,
  CallLogsRerunEvaluationBody,
  CallLogsRerunEvaluationResponse,
  CallLogsVoteOnMetricBody,
  CallLogsVoteOnMetricResponse,
  AgentsListResponse,
  MetricsListResponse,
} from './aliases.ts'

/** Input of `callLogs.list`: parameters by name. */
export interface CallLogsListInput {
  /** Page number in the result set. The first page is 1. */
  page?: number | undefined
  /**
   * Maximum number of call logs per page. Neither a default nor a maximum is documented; a page can
   * be shorter than requested.
   */
  page_size?: number | undefined
  /**
   * Only calls at or after this time, an RFC 3339 date-time with a UTC offset. Whether the exact
   * time is included is not documented.
   */
  timestamp_from?: string | Date | undefined
  /**
   * Only calls up to this time, an RFC 3339 date-time with a UTC offset. Whether the exact time is
   * included is not documented.
   */
  timestamp_to?: string | Date | undefined
  /**
   * Only these calls: a comma-separated list of call log ids, at least 1 character long. An id is
   * the integer `id` of a call log, not the provider's `call_id`.
   */
  call_ids?: string | readonly number[] | undefined
  /** Only calls of the agent with this id. */
  agent_id: number
  /**
   * Only calls of the assistant with this id, at least 1 character long. The voice provider assigns
   * it.
   */
  assistant_id?: string | undefined
}

/** Input of `callLogs.get`: parameters by name. */
export interface CallLogsGetInput {
  /**
   * Id of the call log: its integer `id`, not the provider's `call_id`. It can change when the
   * vendor moves data between projects.
   */
  id: number
}

/** Input of `callLogs.update`: parameters by name, and the request body. */
export interface CallLogsUpdateInput {
  /**
   * Id of the call log: its integer `id`, not the provider's `call_id`. It can change when the
   * vendor moves data between projects.
   */
  id: number
  /** The JSON request body. */
  body: CallLogsUpdateBody
}

/** Input of `callLogs.send`: parameters by name, and the request body. */
export interface CallLogsSendInput {
  /** The JSON request body. */
  body: CallLogsSendBody
}

/** Input of `callLogs.evaluateMetrics`: parameters by name, and the request body. */
export interface CallLogsEvaluateMetricsInput {
  /** The JSON request body. */
  body: CallLogsEvaluateMetricsBody
}

/** Input of `callLogs.rerunEvaluation`: parameters by name, and the request body. */
export interface CallLogsRerunEvaluationInput {
  /** The JSON request body. */
  body: CallLogsRerunEvaluationBody
}

/** Input of `callLogs.voteOnMetric`: parameters by name, and the request body. */
export interface CallLogsVoteOnMetricInput {
  /**
   * Id of the call log: its integer `id`, not the provider's `call_id`. It can change when the
   * vendor moves data between projects.
   */
  id: number
  /** The JSON request body. */
  body: CallLogsVoteOnMetricBody
}

/** Input of `agents.list`: parameters by name. */
export interface AgentsListInput {
  /** Page number in the result set. */
  page?: number | undefined
  /** Maximum number of agents per page. Neither a default nor a maximum is documented. */
  page_size?: number | undefined
  /** Only agents of the project with this id. */
  project_id?: number | undefined
  /** Only agents whose name matches this text. Digits also match an id. */
  q?: string | undefined
}

/** Input of `metrics.list`: parameters by name. */
export interface MetricsListInput {
  /** Only metrics of the agent with this id. */
  agent_id?: number | undefined
  /** Only metrics of the project with this id. */
  project_id?: number | undefined
  /** Only metrics of the assistant with this id. The voice provider assigns it. */
  assistant_id?: string | undefined
  /** Only metrics of any of these agents: a comma-separated list of agent ids. */
  agents?: string | readonly number[] | undefined
  /** Only metrics with this slug. */
  slug?: string | undefined
}

/**
 * Every operation that a client method can call, by operationId: its input, its output, and the
 * item of a paginated list.
 */
export interface ApiOperations {
  callLogs: {
    /**
     * List the call logs of one agent, one page at a time
     *
     * Returns one page of an agent's call logs. `count`, `next` and `previous` describe the
     * filtered result set. A record can change after the call: its evaluation can arrive late, and
     * a person can review it.
     * @see GET /observability/v1/call-logs/
     */
    list: { input: CallLogsListInput; output: CallLogsListResponse; item: CallLogsListResponse['results'][number] }
    /**
     * Get one call log with its transcript and metric results
     *
     * Returns one call log: what the list has, plus the transcript, the recording, the explained
     * results of its metrics and the data that was sent with the call. The response is large. No
     * time range applies.
     *
     * The vendor marks this version as deprecated since 2026-07-10, without an end date. Recordings
     * and transcripts are deleted after one year by default.
     * @see GET /observability/v1/call-logs/{id}/
     */
    get: { input: CallLogsGetInput; output: CallLogsGetResponse }
    /**
     * Change the outcome, the transcript or the data of a call log
     *
     * Changes only the properties that the request contains, and returns the call log. `metadata`
     * and `dynamic_variables` are merged: the given top-level keys are replaced, all others stay.
     * `transcript_json` replaces the whole transcript.
     *
     * An update is free of charge unless `reevaluate_metrics` is true: the flag starts another
     * evaluation, which costs credits. Without the flag, sending the same update again has the same
     * result.
     * @see PATCH /observability/v1/call-logs/{id}/
     */
    update: { input: CallLogsUpdateInput; output: CallLogsUpdateResponse }
    /**
     * Send a finished call for evaluation
     *
     * Stores a call and starts its evaluation in the background. The response is the new call log
     * with the status `evaluating` and without results; get the call log until its results are
     * there, usually after 30 to 60 seconds.
     *
     * Each call costs credits, with audio more; every metric that is enabled for observability
     * runs. Without credits the call is not stored, and has to be sent again.
     *
     * How a second request with the same `call_id` is handled is not documented: it can create a
     * second record and cost a second time. After a failed connection, list the calls around
     * `timestamp` and compare `call_id` before you send the call again.
     * @see POST /observability/v1/observe/
     */
    send: { input: CallLogsSendInput; output: CallLogsSendResponse }
    /**
     * Evaluate metrics on stored calls
     *
     * Starts an evaluation of the given calls and returns them as they were before it. There is no
     * id to follow: get a call log before and after, and compare.
     *
     * Costs credits: calls times metrics. A known issue of the vendor is that `metrics` is not
     * enforced, so that every metric of a call runs. Limit the number of calls to limit the cost.
     * An accepted request must not be sent again: a call that is evaluating or has a later
     * `updated_at` was accepted.
     * @see POST /observability/v1/call-logs/evaluate_metrics/
     */
    evaluateMetrics: { input: CallLogsEvaluateMetricsInput; output: CallLogsEvaluateMetricsResponse }
    /**
     * Evaluate stored calls again with all their metrics
     *
     * Starts another evaluation of the given calls with every metric assigned to them, and returns
     * them. `success` of a call without a review becomes null first; a reviewed call keeps its
     * outcome.
     *
     * Costs credits: calls times metrics. An accepted request must not be sent again: a call that
     * is evaluating or has a later `updated_at` was accepted.
     * @see POST /observability/v1/call-logs/rerun_evaluation/
     */
    rerunEvaluation: { input: CallLogsRerunEvaluationInput; output: CallLogsRerunEvaluationResponse }
    /**
     * Confirm or correct the result of one metric of a call
     *
     * Records a person's opinion about a metric result. The vote changes the result on this call
     * and marks the call as reviewed. Whether a second vote replaces the first is not documented,
     * nor is the effect on `score`, `status` and `success`.
     * @see POST /observability/v1/call-logs/{id}/mark_metric_vote/
     */
    voteOnMetric: { input: CallLogsVoteOnMetricInput; output: CallLogsVoteOnMetricResponse }
  }
  agents: {
    /**
     * List the agents, one page at a time
     *
     * Returns one page of the agents that the key can access. An agent can contain credentials that
     * this document does not declare: print selected properties, never an agent as a whole.
     * @see GET /test_framework/v2/aiagents/
     */
    list: { input: AgentsListInput; output: AgentsListResponse; item: AgentsListResponse['results'][number] }
  }
  metrics: {
    /**
     * List the metrics of an agent or a project
     *
     * Returns metrics as an array without pages. Without `agent_id` or `project_id` hundreds can
     * come. With both, the metrics of the agent and of the project are returned.
     * @see GET /test_framework/v2/metrics/
     */
    list: { input: MetricsListInput; output: MetricsListResponse }
  }
}
