// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

export interface paths {
    "/observability/v1/call-logs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the call logs of one agent, one page at a time
         * @description Returns one page of an agent's call logs. `count`, `next` and `previous` describe the
         *     filtered result set. A record can change after the call: its evaluation can arrive
         *     late, and a person can review it.
         */
        get: operations["callLogs.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observability/v1/call-logs/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one call log with its transcript and metric results
         * @description Returns one call log: what the list has, plus the transcript, the recording, the explained
         *     results of its metrics and the data that was sent with the call. The response is large. No
         *     time range applies.
         *
         *     The vendor marks this version as deprecated since 2026-07-10, without an end date. Recordings
         *     and transcripts are deleted after one year by default.
         */
        get: operations["callLogs.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the outcome, the transcript or the data of a call log
         * @description Changes only the properties that the request contains, and returns the call log. `metadata`
         *     and `dynamic_variables` are merged: the given top-level keys are replaced, all others stay.
         *     `transcript_json` replaces the whole transcript.
         *
         *     An update is free of charge unless `reevaluate_metrics` is true: the flag starts another
         *     evaluation, which costs credits. Without the flag, sending the same update again has the same
         *     result.
         */
        patch: operations["callLogs.update"];
        trace?: never;
    };
    "/observability/v1/observe/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a finished call for evaluation
         * @description Stores a call and starts its evaluation in the background. The response is the new call log
         *     with the status `evaluating` and without results; get the call log until its results are there,
         *     usually after 30 to 60 seconds.
         *
         *     Each call costs credits, with audio more; every metric that is enabled for observability runs.
         *     Without credits the call is not stored, and has to be sent again.
         *
         *     How a second request with the same `call_id` is handled is not documented: it can create a
         *     second record and cost a second time. After a failed connection, list the calls around
         *     `timestamp` and compare `call_id` before you send the call again.
         */
        post: operations["callLogs.send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observability/v1/call-logs/evaluate_metrics/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Evaluate metrics on stored calls
         * @description Starts an evaluation of the given calls and returns them as they were before it. There is no
         *     id to follow: get a call log before and after, and compare.
         *
         *     Costs credits: calls times metrics. A known issue of the vendor is that `metrics` is not
         *     enforced, so that every metric of a call runs. Limit the number of calls to limit the cost. An
         *     accepted request must not be sent again: a call that is evaluating or has a later `updated_at`
         *     was accepted.
         */
        post: operations["callLogs.evaluateMetrics"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observability/v1/call-logs/rerun_evaluation/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Evaluate stored calls again with all their metrics
         * @description Starts another evaluation of the given calls with every metric assigned to them, and returns
         *     them. `success` of a call without a review becomes null first; a reviewed call keeps its
         *     outcome.
         *
         *     Costs credits: calls times metrics. An accepted request must not be sent again: a call that is
         *     evaluating or has a later `updated_at` was accepted.
         */
        post: operations["callLogs.rerunEvaluation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observability/v1/call-logs/{id}/mark_metric_vote/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm or correct the result of one metric of a call
         * @description Records a person's opinion about a metric result. The vote changes the result on this call and
         *     marks the call as reviewed. Whether a second vote replaces the first is not documented, nor is
         *     the effect on `score`, `status` and `success`.
         */
        post: operations["callLogs.voteOnMetric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test_framework/v2/aiagents/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the agents, one page at a time
         * @description Returns one page of the agents that the key can access. An agent can contain credentials that
         *     this document does not declare: print selected properties, never an agent as a whole.
         */
        get: operations["agents.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test_framework/v2/metrics/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the metrics of an agent or a project
         * @description Returns metrics as an array without pages. Without `agent_id` or `project_id` hundreds can
         *     come. With both, the metrics of the agent and of the project are returned.
         */
        get: operations["metrics.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description One page of call logs. */
        CallLogPage: {
            /**
             * @description Number of matching call logs on all pages. It can change between two pages, can be wrong according to the vendor, and can be missing: use `next` to decide whether more call logs follow.
             * @example 123
             */
            count?: number;
            /**
             * Format: uri
             * @description URL of the next page, null on the last page.
             * @example https://api.cekura.ai/example/v1/example-external/?page=4
             */
            next: string | null;
            /**
             * Format: uri
             * @description URL of the previous page, null on the first page.
             * @example https://api.cekura.ai/example/v1/example-external/?page=2
             */
            previous: string | null;
            /** @description Call logs on this page, empty when no call matches. The order is not documented. */
            results: components["schemas"]["CallLog"][];
        };
        /** @description One observed call and its evaluation. Which properties are always present is not documented. Only the properties that a list of calls cannot work without are required: ids, time and outcome. Others can be missing, and unknown ones can be present. */
        CallLog: {
            /**
             * @description Id of the call log. Use this id in `call_ids`.
             * @example 481516
             */
            readonly id: number;
            /**
             * @description Duration of the call as `MM:SS`, minutes and seconds. Minutes can exceed 59.
             * @example 01:10
             */
            duration?: string;
            /** @description Whether the call was successful, null while it is not evaluated. */
            success?: boolean | null;
            /** @description Whether a person reviewed the call. */
            is_reviewed?: boolean;
            status: components["schemas"]["CallLogStatus"];
            /**
             * @description The reviewer's comment, empty without one. Can contain personal data.
             * @example Asked for the order number twice.
             */
            feedback?: string;
            /** @description Metric results of the call, empty before the evaluation. */
            readonly metrics?: components["schemas"]["Metric"][];
            /**
             * @description Why the call ended, at most 100 characters. An open list: voice providers add their own reasons.
             * @example customer-ended-call
             * @example agent-ended-call
             * @example Main agent-silence-timed-out
             */
            call_ended_reason?: string;
            /**
             * @description Phone number or other identifier of the caller, at most 100 characters. Personal data.
             * @example +15550100001
             */
            customer_number?: string;
            /**
             * @description Id of the agent, null if the call has no agent.
             * @example 2142
             */
            agent?: number | null;
            /**
             * @description The voice provider's id of the call, at most 100 characters.
             * @example call_abc123xyz
             */
            call_id: string;
            /**
             * Format: date-time
             * @description When the call took place, an RFC 3339 date-time.
             * @example 2025-01-15T09:30:00Z
             */
            timestamp: string;
            /** @description Error while the call was processed, null without an error. */
            error_message?: string | null;
            /**
             * @description Point in the conversation where the caller gave up, at most 1000 characters.
             * @example payment_confirmation
             */
            dropoff_point?: string;
            /**
             * @description Topic of the call, at most 1000 characters.
             * @example product_inquiry
             */
            topic?: string;
            /**
             * Format: date-time
             * @description When the record was created, an RFC 3339 date-time.
             * @example 2025-01-15T09:31:42Z
             */
            readonly created_at?: string;
            /**
             * Format: date-time
             * @description When the record last changed, an RFC 3339 date-time.
             * @example 2025-01-15T10:02:11Z
             */
            readonly updated_at?: string;
        };
        /**
         * @description Outcome of the call: evaluated (`success`, `failure`), decided by a person (`reviewed_success`, `reviewed_failure`), or not known yet (`evaluating`).
         * @enum {string}
         */
        CallLogStatus: "success" | "failure" | "reviewed_success" | "reviewed_failure" | "evaluating";
        /** @description One metric result of a call. A numeric metric has `score`; an enum metric has `enum` and `value` instead. `id`, `name` and `type` are required because they identify the metric. */
        Metric: {
            /**
             * @description Id of the metric, the same on every call.
             * @example 310
             */
            id: number;
            /**
             * @description Name of the metric.
             * @example Latency
             */
            name: string;
            /**
             * @description Type of the metric. An open list.
             * @example numeric
             * @example enum
             */
            type: string;
            /**
             * @description The score, in the unit the metric's author chose. Present unless the metric is an enum metric, null when the metric does not apply to the call.
             * @example 4.5
             */
            score?: number | null;
            /**
             * @description The selected label, present for an enum metric.
             * @example positive
             */
            enum?: string;
            /**
             * @description The value of the selected label, present for an enum metric.
             * @example The caller thanked the agent.
             */
            value?: string;
        };
        /** @description Error messages by the name of the invalid parameter. */
        FieldErrors: {
            [key: string]: string[];
        };
        /** @description An error message. */
        ErrorDetail: {
            /** @description A human-readable message. */
            detail: string;
        };
        /** @description Error messages by the name of the invalid property, or one message. */
        RequestErrors: components["schemas"]["FieldErrors"] | components["schemas"]["ErrorDetail"];
        /** @description One call log with everything that is stored about the call. Metric results are in `evaluation.metrics`; there is no `metrics`. The properties that the list requires are required here, too. */
        CallLogDetail: {
            /**
             * @description Id of the call log.
             * @example 481522
             */
            readonly id: number;
            /**
             * @description Duration of the call as `MM:SS`, minutes and seconds. Minutes can exceed 59.
             * @example 03:12
             */
            readonly duration?: string;
            /** @description Whether the call was successful, null while it is not evaluated. */
            success?: boolean | null;
            /** @description Whether a person reviewed the call. */
            is_reviewed?: boolean;
            status: components["schemas"]["CallLogStatus"];
            /**
             * @description The reviewer's comment, empty without one. Can contain personal data.
             * @example Promised a refund that does not exist.
             */
            feedback?: string;
            /** @description Metric results of the call, null or without metrics before the evaluation. */
            readonly evaluation?: components["schemas"]["Evaluation"] | null;
            /** @description How the project's rules decided the outcome, one open object per rule: usually `metric_id`, `metric_name`, `value`, `explanation`, `passed`, `conditions` and `expected_conditions`. Null without rules. Explanations can contain personal data. */
            rubric?: {
                [key: string]: unknown;
            }[] | null;
            /** @description Serious deviations that the evaluation found, empty without one. */
            readonly critical_categories?: components["schemas"]["CriticalCategory"][];
            /** @description What was said, one line such as `[00:07] Main Agent: Hello.` per turn. Personal data. */
            transcript?: string;
            /** @description What was said and which tools ran, in order. Personal data. */
            readonly transcript_object?: components["schemas"]["TranscriptEntry"][];
            /** @description The transcript as a person corrected it, in any form; null without one. Personal data. */
            user_generated_transcript?: unknown;
            /**
             * @description URL of the recording, null for a call without audio. It is on another host: never send the API key there. Personal data.
             * @example https://recordings.example.com/call_7f3k2m9q.mp3
             */
            readonly voice_recording_url?: string | null;
            /** @description Data that was sent with the call, with any keys. Can contain personal data. */
            readonly metadata?: {
                [key: string]: unknown;
            };
            /** @description Values of the variables in the agent's prompt, with any keys. Can contain personal data. */
            readonly dynamic_variables?: {
                [key: string]: unknown;
            };
            /**
             * @description Why the call ended, at most 100 characters. An open list.
             * @example customer-ended-call
             */
            call_ended_reason?: string;
            /**
             * @description Phone number or other identifier of the caller, at most 100 characters. Personal data.
             * @example +15550100007
             */
            customer_number?: string;
            /**
             * @description Id of the agent, null if the call has no agent.
             * @example 2142
             */
            agent?: number | null;
            /**
             * @description Name of the agent.
             * @example Order line
             */
            readonly agent_name?: string;
            /**
             * @description Id of the project, null if the call has no project.
             * @example 77
             */
            project?: number | null;
            /**
             * @description The voice provider's id of the call, at most 100 characters. It never changes, but is not guaranteed to be unique.
             * @example call_7f3k2m9q
             */
            call_id: string;
            /**
             * Format: date-time
             * @description When the call took place, an RFC 3339 date-time.
             * @example 2025-01-15T16:42:08Z
             */
            timestamp: string;
            /** @description Error while the call was processed, null without an error. */
            error_message?: string | null;
            /**
             * @description Point in the conversation where the caller gave up, at most 1000 characters.
             * @example payment_confirmation
             */
            dropoff_point?: string;
            /**
             * @description Topic of the call, at most 1000 characters.
             * @example order_status
             */
            topic?: string;
            /**
             * @description Audio channel index of the other party, null without a stereo recording.
             * @example 1
             */
            readonly testing_channel_index?: number | null;
            /**
             * @description OpenTelemetry trace id of the call, at most 32 characters, empty without a trace.
             * @example 4bf92f3577b34da6a3ce929d0e0e4736
             */
            trace_id?: string;
            /**
             * Format: date-time
             * @description When the record was created, an RFC 3339 date-time.
             * @example 2025-01-15T16:45:31Z
             */
            readonly created_at?: string;
            /**
             * Format: date-time
             * @description When the record last changed, an RFC 3339 date-time.
             * @example 2025-01-15T16:46:12Z
             */
            readonly updated_at?: string;
        };
        /** @description Metric results of one call. */
        Evaluation: {
            /** @description One result per metric, empty before the evaluation. A metric that sampling or its trigger left out can be missing, or present without a score. */
            metrics: components["schemas"]["EvaluatedMetric"][];
        };
        /** @description The result of one metric with its explanation. A binary or numeric metric has `score`; an enum metric has `enum` or `value` instead. Results of older and newer metrics have the same schema; only what identifies the metric is required. */
        EvaluatedMetric: {
            /**
             * @description Id of the metric, as in the list of metrics.
             * @example 320
             */
            id: number;
            /**
             * @description Name of the metric.
             * @example Followed the script
             */
            name: string;
            /** @description Type of the metric. An open list; older results have values such as `binary_workflow_adherence` and `binary_qualitative`. */
            type: ("binary" | "numeric" | "enum" | "continuous_qualitative") | string;
            /**
             * @description Kind of the result. An open list.
             * @example binary
             */
            eval_type?: string;
            /**
             * @description The score, in the unit the metric's author chose: 5 for a passed and 0 for a failed binary metric, 0 to 5 for a rating. Null when the metric does not apply to the call; missing for an enum metric.
             * @example 5
             */
            score?: number | null;
            /**
             * @description The selected label of an enum metric.
             * @example positive
             */
            enum?: string;
            /**
             * @description The value of the selected label of an enum metric. Can be missing.
             * @example The caller thanked the agent.
             */
            value?: string;
            /** @description Whether a binary metric passed, null when it does not apply. */
            passed?: boolean | null;
            /** @description Why the metric has this result: texts, or one text. `Sampling skipped` marks a metric that sampling left out. Can quote the call: personal data. */
            explanation?: string[] | string;
            /** @description More about the result, with any keys. `trigger_failed` is true when the metric does not apply to the call. Can quote the call: personal data. */
            extra?: {
                [key: string]: unknown;
            };
        };
        /** @description One turn of the conversation, or one tool call. Only `role` is required, because the entry of a tool result can have no `content`. */
        TranscriptEntry: {
            /** @description Who speaks. `Main Agent` is the monitored agent, `Testing Agent` the other party, a real caller included. An open list. */
            role: ("Main Agent" | "Testing Agent" | "Function Call" | "Function Call Result") | string;
            /** @description What was said. Personal data. */
            content?: string;
            /**
             * @description Start of the entry, in seconds from the start of the call.
             * @example 0.4
             */
            start_time?: number;
            /**
             * @description End of the entry, in seconds from the start of the call.
             * @example 2.1
             */
            end_time?: number;
            /** @description Time of the entry, in seconds from the start of the call. Often missing. */
            timestamp?: number;
            /**
             * @description Start of the entry as minutes and seconds, such as `0:07`.
             * @example 0:07
             */
            time?: string;
            /** @description Name, arguments or result of a tool call, with any keys. Personal data. */
            data?: {
                [key: string]: unknown;
            };
        };
        /** @description One serious deviation from what the agent should do. No property is required. */
        CriticalCategory: {
            /**
             * @description Id of the category.
             * @example 12
             */
            category_id?: number;
            /**
             * @description Name of the category.
             * @example Wrong promise
             */
            category?: string;
            /** @description The deviation, as a text or as a number in a unit that is not documented. */
            deviation?: string | number;
            /** @description Whether a person marked the deviation as wrong. */
            wrongly_marked?: boolean;
            /** @description The reviewer's comment. Can contain personal data. */
            feedback?: string;
            /** @description How serious the deviation is. An open list. */
            priority?: ("critical" | "non-critical" | "not_a_bug") | string;
        };
        /** @description A call to evaluate, with either `agent` or `assistant_id`. */
        CallLogSend: components["schemas"]["CallLogSendByAgent"] | components["schemas"]["CallLogSendByAssistant"];
        /** @description A call of an agent that Cekura knows. */
        CallLogSendByAgent: components["schemas"]["CallLogSendFields"] & {
            /**
             * @description Id of the agent that took the call.
             * @example 2142
             */
            agent: number;
            /** @description Not together with `agent`. */
            assistant_id?: null;
        };
        /** @description A call of an assistant, named as its voice provider names it. */
        CallLogSendByAssistant: components["schemas"]["CallLogSendFields"] & {
            /**
             * @description Id of the assistant that took the call. The voice provider assigns it.
             * @example asst_1234567890
             */
            assistant_id: string;
            /** @description Not together with `assistant_id`. */
            agent?: null;
        };
        /** @description What is sent about a call, with an agent or an assistant. */
        CallLogSendFields: {
            /**
             * @description The voice provider's id of the call, 1 to 100 characters.
             * @example call_9c4d1e7a
             */
            call_id: string;
            /**
             * @description Format of `transcript_json`.
             * @default cekura
             * @enum {string}
             */
            transcript_type?: "cekura" | "vocera" | "vapi" | "retell" | "deepgram" | "pipecat" | "livekit" | "elevenlabs" | "bland" | "none-mono";
            /** @description The transcript in the format that `transcript_type` names. In the format `cekura`, the default, it is an array of turns. Personal data. */
            transcript_json?: components["schemas"]["TranscriptTurn"][] | {
                [key: string]: unknown;
            }[] | {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When the call took place, an RFC 3339 date-time.
             * @example 2025-01-16T09:12:40Z
             */
            timestamp?: string;
            /**
             * Format: uri
             * @description URL of the recording. Metrics of the audio need it. Personal data.
             * @example https://recordings.example.com/call_5b7e.mp3
             */
            voice_recording_url?: string | null;
            /**
             * @description Why the call ended, at most 100 characters.
             * @example customer-ended-call
             */
            call_ended_reason?: string | null;
            /**
             * @description Phone number of the caller in E.164 form, or another identifier, at most 100 characters. Personal data.
             * @example +15550100011
             */
            customer_number?: string | null;
            /** @description A comment about the call. Can contain personal data. */
            feedback?: string | null;
            /** @description Data to store with the call, with any keys. Filters reach top-level keys only. Can contain personal data. */
            metadata?: {
                [key: string]: unknown;
            };
            /** @description Values of the variables in the agent's prompt, with any keys. Can contain personal data. */
            dynamic_variables?: {
                [key: string]: unknown;
            };
            /** @description Kinds of personal data to remove from the transcript and the recording. Costs credits per minute, and replaces the setting of the agent. */
            redact_fields?: ("person_name" | "age" | "phone_number" | "email_address" | "date" | "time" | "location" | "origin" | "gender_sexuality" | "physical_attribute" | "occupation" | "username" | "password" | "ip_address" | "url" | "filename" | "event" | "vehicle_id" | "dob" | "healthcare_number" | "medical_professional" | "credit_card" | "account_number" | "bank_account" | "money" | "ssn" | "passport_number" | "driver_license" | "numerical_pii")[];
            /** @description Audio channel index of the monitored agent in a stereo recording, 0 or 1. Detected automatically when missing. */
            main_agent_channel_index?: number | null;
            /**
             * @description OpenTelemetry trace id of the call, at most 32 characters.
             * @default
             */
            trace_id?: string;
        };
        /** @description One turn or one tool call of a transcript to send, in the format `cekura`. */
        TranscriptTurn: {
            /**
             * @description Who speaks: `Main Agent` is the monitored agent, `Testing Agent` the other party, a real caller included. What the API does with any other role is contradictory in the vendor's documentation: an error, or an empty transcript.
             * @enum {string}
             */
            role: "Main Agent" | "Testing Agent" | "Function Call" | "Function Call Result";
            /** @description What was said, empty for a tool call. Personal data. */
            content?: string;
            /** @description Start of the turn, in seconds from the start of the call. */
            start_time?: number;
            /** @description End of the turn, in seconds from the start of the call. */
            end_time?: number;
            /** @description Name of a tool with `arguments` or `result`, usually as JSON texts, and any other keys. Personal data. */
            data?: {
                [key: string]: unknown;
            };
        };
        /** @description What to change in a call log, at least one property. Whether the API rejects or ignores other properties is not documented. */
        CallLogUpdate: {
            /**
             * @description A person's decision about the outcome. Whether it also changes `is_reviewed` and `success` is not documented.
             * @enum {string}
             */
            status?: "success" | "failure" | "reviewed_success" | "reviewed_failure";
            /** @description The reviewer's comment. Can contain personal data. */
            feedback?: string;
            /** @description The voice provider's id of the call, at most 100 characters. The organization's setting for duplicates applies. */
            call_id?: string;
            /**
             * @description Format of `transcript_json`. Detected when missing.
             * @enum {string}
             */
            transcript_type?: "cekura" | "vocera" | "vapi" | "retell" | "deepgram" | "pipecat" | "livekit" | "elevenlabs";
            /** @description The transcript in the format that `transcript_type` names. It replaces `transcript` and `transcript_object`. Personal data. */
            transcript_json?: components["schemas"]["TranscriptTurn"][] | {
                [key: string]: unknown;
            }[] | {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When the call took place, an RFC 3339 date-time.
             */
            timestamp?: string;
            /** @description Duration of the call in minutes, at least 0: 1.5 is read as `01:30`. */
            duration?: number;
            /** @description Why the call ended, at most 100 characters. */
            call_ended_reason?: string;
            /** @description Phone number or other identifier of the caller, at most 100 characters. Personal data. */
            customer_number?: string;
            /** @description Data to merge into the data of the call: the given top-level keys are replaced, all others stay. How to remove a key is not documented. Can contain personal data. */
            metadata?: {
                [key: string]: unknown;
            };
            /** @description Values to merge into the variables of the call: the given top-level keys are replaced, all others stay. Can contain personal data. */
            dynamic_variables?: {
                [key: string]: unknown;
            };
            /**
             * @description Whether to evaluate the call after the update, which costs credits. Ignored while an evaluation runs.
             * @default false
             */
            reevaluate_metrics?: boolean;
        };
        /** @description Calls and metrics to evaluate, with either `agent_id` or `project_id`. */
        MetricsEvaluation: components["schemas"]["MetricsEvaluationByAgent"] | components["schemas"]["MetricsEvaluationByProject"];
        /** @description Calls and metrics of one agent. */
        MetricsEvaluationByAgent: {
            /**
             * @description Id of the agent.
             * @example 2142
             */
            agent_id: number;
            /** @description Not together with `agent_id`. */
            project_id?: null;
            call_logs: components["schemas"]["CallLogIds"];
            metrics: components["schemas"]["MetricIds"];
        };
        /** @description Calls and metrics of one project. */
        MetricsEvaluationByProject: {
            /**
             * @description Id of the project.
             * @example 77
             */
            project_id: number;
            /** @description Not together with `project_id`. */
            agent_id?: null;
            call_logs: components["schemas"]["CallLogIds"];
            metrics: components["schemas"]["MetricIds"];
        };
        /** @description Ids of the call logs, at least 1. Order and duplicates are not documented. */
        CallLogIds: number[];
        /** @description Ids of the metrics, at least 1. They must belong to the agent or the project. A known issue of the vendor is that all metrics of a call run, whatever is listed here. */
        MetricIds: number[];
        /** @description Calls to evaluate again, with either `agent_id` or `assistant_id`. */
        EvaluationRerun: components["schemas"]["EvaluationRerunByAgent"] | components["schemas"]["EvaluationRerunByAssistant"];
        /** @description Calls of one agent. */
        EvaluationRerunByAgent: {
            /**
             * @description Id of the agent.
             * @example 2142
             */
            agent_id: number;
            /** @description Not together with `agent_id`. */
            assistant_id?: null;
            call_logs: components["schemas"]["CallLogIds"];
        };
        /** @description Calls of one assistant. */
        EvaluationRerunByAssistant: {
            /**
             * @description Id of the assistant. The voice provider assigns it.
             * @example asst_1234567890
             */
            assistant_id: string;
            /** @description Not together with `assistant_id`. */
            agent_id?: null;
            call_logs: components["schemas"]["CallLogIds"];
        };
        /** @description A person's opinion about one metric result of a call. */
        MetricVote: {
            /**
             * @description Id of the metric, as in the list of metrics.
             * @example 320
             */
            metric_id: number;
            /** @description Whether the result is right. The meaning of null is not documented. */
            thumbs_up: boolean | null;
            /** @description The right result, in the unit the metric's author chose: a score, passed or failed, or the label of an enum metric. */
            expected_value: number | boolean | string | null;
            /** @description A comment about the result. Can contain personal data. */
            feedback?: string | null;
        };
        /** @description Confirms a vote. */
        MetricVoteResult: {
            /** @description A human-readable message. */
            detail: string;
        };
        /** @description One page of agents. `next`, `previous` and `results` are required, because a list is useless without them. */
        AgentPage: {
            /**
             * @description Number of matching agents on all pages. Can be missing.
             * @example 2
             */
            count?: number;
            /**
             * Format: uri
             * @description URL of the next page, null on the last page.
             */
            next: string | null;
            /**
             * Format: uri
             * @description URL of the previous page, null on the first page.
             */
            previous: string | null;
            /** @description Agents on this page, empty when no agent matches. The order is not documented. */
            results: components["schemas"]["Agent"][];
        };
        /** @description One voice agent. Only what identifies it is required. Undeclared properties can contain credentials: never print an agent as a whole. */
        Agent: {
            /**
             * @description Id of the agent, unique within a region.
             * @example 2142
             */
            readonly id: number;
            /**
             * @description Name of the agent, at most 255 characters.
             * @example Order line
             */
            name: string;
            /** @description The whole prompt of the agent, long and confidential. */
            description?: string;
            /**
             * @description Id of the project.
             * @example 77
             */
            project?: number;
            /**
             * @description Language of the agent, a short code such as `en`. An open list.
             * @example en
             */
            language?: string;
            telephony?: components["schemas"]["AgentTelephony"];
            provider?: components["schemas"]["AgentProvider"];
            /** @description Whether the agent speaks first, null when this is detected. */
            agent_speaks_first?: boolean | null;
            /**
             * Format: date-time
             * @description When the agent was created, an RFC 3339 date-time.
             * @example 2024-11-04T08:00:00Z
             */
            readonly created_at?: string;
            /**
             * Format: date-time
             * @description When the agent last changed, an RFC 3339 date-time.
             * @example 2025-01-10T13:30:00Z
             */
            readonly updated_at?: string;
        };
        /** @description How calls reach the agent. Undeclared properties can contain credentials: never print it as a whole. */
        AgentTelephony: {
            /**
             * @description Phone number of the agent in E.164 form.
             * @example +15550100901
             */
            phone_number?: string;
            /** @description Whether the agent receives calls; otherwise it only makes them. */
            inbound?: boolean;
        };
        /** @description The voice platform that runs the agent. Undeclared properties can contain credentials: never print it as a whole. */
        AgentProvider: {
            /**
             * @description Name of the platform, empty without one. An open list.
             * @example vapi
             * @example custom
             */
            type?: string;
            /**
             * @description The platform's id of the agent, null without one.
             * @example asst_1234567890
             */
            agent_id?: string | null;
        };
        /** @description One metric. Only what identifies it and its kind are required. */
        MetricDefinition: {
            /**
             * @description Id of the metric.
             * @example 320
             */
            readonly id: number;
            /**
             * @description Name of the metric, at most 255 characters.
             * @example Followed the script
             */
            name: string;
            /** @description Kind of the result. An open list. */
            eval_type: ("binary" | "continuous_qualitative" | "numeric" | "enum") | string;
            /**
             * @description Readable identifier of the metric, at most 255 characters, null without one.
             * @example followed_the_script
             */
            slug?: string | null;
            /** @description What the metric measures. Confidential. */
            description?: string;
            /** @description Instructions of the evaluation. Confidential. */
            prompt?: string;
            /**
             * @description Id of the project, null if the metric has no project.
             * @example 77
             */
            project?: number | null;
            /** @description Ids of the agents that the metric belongs to. */
            agents?: (number | null)[];
            /** @description How the metric is computed. An open list; `basic` and `custom_prompt` are deprecated by the vendor. */
            type?: ("basic" | "custom_prompt" | "custom_code" | "llm_judge") | string;
            /** @description Labels of an enum metric, usually an array of texts. */
            enum_values?: unknown;
            /** @description Whether the metric needs the recording. */
            audio_enabled?: boolean;
            /** @description Whether the metric runs on every call that is sent. */
            observability_enabled?: boolean;
            /** @description Whether the metric runs on simulated calls. */
            simulation_enabled?: boolean;
            /** @description Whether the metric runs only on a sample of the calls. */
            sampling_enabled?: boolean;
            /** @description When the metric applies to a call. An open list. */
            evaluation_trigger?: ("always" | "automatic" | "custom") | string;
            /**
             * @description Cost of the metric per call, in credits. The unit is an assumption.
             * @example 0.2
             */
            readonly metric_cost?: number;
        };
    };
    responses: {
        /** @description A parameter is missing or invalid. The body names it. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FieldErrors"];
            };
        };
        /** @description The API key is missing or invalid. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The API key has no access to this agent. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The page does not exist, for example because `page` is past the last page. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The plan's rate limit is reached. Neither the body nor `Retry-After` is documented. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The API failed. The body can be anything, including an HTML page. */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
                "text/html": string;
            };
        };
        /** @description A parameter is invalid. The body names it. */
        InvalidParameter: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RequestErrors"];
            };
        };
        /** @description The API key is missing or invalid. The status is published, the body is not. */
        KeyRejected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The API key may not do this: it has no access to the agent or the project, or it may only read. An organization key must name an agent or a project when it lists. The status is published, the body is not. */
        AccessDenied: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The call log is unknown, deleted, or not visible to the key. */
        CallLogNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The plan's rate limit is reached, and nothing was done. The status is published; neither the body nor `Retry-After` is. */
        RateLimited: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description Too many evaluations were started, and nothing was done. The status and `Retry-After` are published, the body is not. */
        EvaluationRateLimited: {
            headers: {
                "Retry-After": components["headers"]["EvaluationRetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
    };
    parameters: {
        /**
         * @description Page number in the result set. The first page is 1.
         * @example 1
         */
        Page: number;
        /**
         * @description Maximum number of call logs per page. Neither a default nor a maximum is documented; a page can be shorter than requested.
         * @example 3
         */
        PageSize: number;
        /**
         * @description Only calls at or after this time, an RFC 3339 date-time with a UTC offset. Whether the exact time is included is not documented.
         * @example 2025-01-01T00:00:00Z
         */
        TimestampFrom: string;
        /**
         * @description Only calls up to this time, an RFC 3339 date-time with a UTC offset. Whether the exact time is included is not documented.
         * @example 2025-01-31T23:59:59Z
         */
        TimestampTo: string;
        /**
         * @description Only these calls: a comma-separated list of call log ids, at least 1 character long. An id is the integer `id` of a call log, not the provider's `call_id`.
         * @example 1,2,3
         */
        CallIds: string;
        /**
         * @description Only calls of the agent with this id.
         * @example 2142
         */
        AgentId: number;
        /** @description Only calls of the assistant with this id, at least 1 character long. The voice provider assigns it. */
        AssistantId: string;
        /**
         * @description Id of the call log: its integer `id`, not the provider's `call_id`. It can change when the vendor moves data between projects.
         * @example 481522
         */
        CallLogId: number;
        /**
         * @description Page number in the result set.
         * @example 1
         */
        AgentPageNumber: number;
        /**
         * @description Maximum number of agents per page. Neither a default nor a maximum is documented.
         * @example 20
         */
        AgentPageSize: number;
        /**
         * @description Only agents of the project with this id.
         * @example 77
         */
        AgentProjectId: number;
        /**
         * @description Only agents whose name matches this text. Digits also match an id.
         * @example Order line
         */
        AgentSearch: string;
        /**
         * @description Only metrics of the agent with this id.
         * @example 2142
         */
        MetricAgentId: number;
        /**
         * @description Only metrics of the project with this id.
         * @example 77
         */
        MetricProjectId: number;
        /**
         * @description Only metrics of the assistant with this id. The voice provider assigns it.
         * @example asst_1234567890
         */
        MetricAssistantId: string;
        /**
         * @description Only metrics of any of these agents: a comma-separated list of agent ids.
         * @example 2142,2143
         */
        MetricAgents: string;
        /**
         * @description Only metrics with this slug.
         * @example followed_the_script
         */
        MetricSlug: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Time to wait before the next request, in seconds. May be missing.
         * @example 30
         */
        RetryAfter: number;
        /**
         * @description Time to wait before the next request, in seconds. Published for the operations that start evaluations.
         * @example 30
         */
        EvaluationRetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "callLogs.list": {
        parameters: {
            query: {
                /**
                 * @description Page number in the result set. The first page is 1.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Maximum number of call logs per page. Neither a default nor a maximum is documented; a page can be shorter than requested.
                 * @example 3
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description Only calls at or after this time, an RFC 3339 date-time with a UTC offset. Whether the exact time is included is not documented.
                 * @example 2025-01-01T00:00:00Z
                 */
                timestamp_from?: components["parameters"]["TimestampFrom"];
                /**
                 * @description Only calls up to this time, an RFC 3339 date-time with a UTC offset. Whether the exact time is included is not documented.
                 * @example 2025-01-31T23:59:59Z
                 */
                timestamp_to?: components["parameters"]["TimestampTo"];
                /**
                 * @description Only these calls: a comma-separated list of call log ids, at least 1 character long. An id is the integer `id` of a call log, not the provider's `call_id`.
                 * @example 1,2,3
                 */
                call_ids?: components["parameters"]["CallIds"];
                /**
                 * @description Only calls of the agent with this id.
                 * @example 2142
                 */
                agent_id: components["parameters"]["AgentId"];
                /** @description Only calls of the assistant with this id, at least 1 character long. The voice provider assigns it. */
                assistant_id?: components["parameters"]["AssistantId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of call logs. `results` is empty when no call matches. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallLogPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    "callLogs.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the call log: its integer `id`, not the provider's `call_id`. It can change when the vendor moves data between projects.
                 * @example 481522
                 */
                id: components["parameters"]["CallLogId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The call log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallLogDetail"];
                };
            };
            401: components["responses"]["KeyRejected"];
            403: components["responses"]["AccessDenied"];
            404: components["responses"]["CallLogNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["ServerError"];
        };
    };
    "callLogs.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the call log: its integer `id`, not the provider's `call_id`. It can change when the vendor moves data between projects.
                 * @example 481522
                 */
                id: components["parameters"]["CallLogId"];
            };
            cookie?: never;
        };
        /** @description The properties to change. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallLogUpdate"];
            };
        };
        responses: {
            /** @description The call log after the update. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallLogDetail"];
                };
            };
            /** @description A property is invalid. The body names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestErrors"];
                };
            };
            401: components["responses"]["KeyRejected"];
            403: components["responses"]["AccessDenied"];
            404: components["responses"]["CallLogNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["ServerError"];
        };
    };
    "callLogs.send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The call, and the agent or the assistant that it belongs to. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallLogSend"];
            };
        };
        responses: {
            /** @description The call is stored, and its evaluation starts. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallLog"];
                };
            };
            /** @description A property is missing or invalid. The body names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestErrors"];
                };
            };
            401: components["responses"]["KeyRejected"];
            403: components["responses"]["AccessDenied"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["ServerError"];
        };
    };
    "callLogs.evaluateMetrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The calls and the metrics, and the agent or the project that they belong to. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["MetricsEvaluation"];
            };
        };
        responses: {
            /** @description The calls in their state before the evaluation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallLog"][];
                };
            };
            /** @description A property is missing or invalid. The body names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestErrors"];
                };
            };
            401: components["responses"]["KeyRejected"];
            403: components["responses"]["AccessDenied"];
            429: components["responses"]["EvaluationRateLimited"];
            500: components["responses"]["ServerError"];
        };
    };
    "callLogs.rerunEvaluation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The calls, and the agent or the assistant that they belong to. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvaluationRerun"];
            };
        };
        responses: {
            /** @description The calls as the evaluation starts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallLogDetail"][];
                };
            };
            /** @description A property is missing or invalid. The body names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestErrors"];
                };
            };
            401: components["responses"]["KeyRejected"];
            403: components["responses"]["AccessDenied"];
            429: components["responses"]["EvaluationRateLimited"];
            500: components["responses"]["ServerError"];
        };
    };
    "callLogs.voteOnMetric": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the call log: its integer `id`, not the provider's `call_id`. It can change when the vendor moves data between projects.
                 * @example 481522
                 */
                id: components["parameters"]["CallLogId"];
            };
            cookie?: never;
        };
        /** @description The metric, the opinion and the expected result. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["MetricVote"];
            };
        };
        responses: {
            /** @description The vote is recorded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricVoteResult"];
                };
            };
            /** @description A property is missing or invalid. The body names it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestErrors"];
                };
            };
            401: components["responses"]["KeyRejected"];
            403: components["responses"]["AccessDenied"];
            404: components["responses"]["CallLogNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["ServerError"];
        };
    };
    "agents.list": {
        parameters: {
            query?: {
                /**
                 * @description Page number in the result set.
                 * @example 1
                 */
                page?: components["parameters"]["AgentPageNumber"];
                /**
                 * @description Maximum number of agents per page. Neither a default nor a maximum is documented.
                 * @example 20
                 */
                page_size?: components["parameters"]["AgentPageSize"];
                /**
                 * @description Only agents of the project with this id.
                 * @example 77
                 */
                project_id?: components["parameters"]["AgentProjectId"];
                /**
                 * @description Only agents whose name matches this text. Digits also match an id.
                 * @example Order line
                 */
                q?: components["parameters"]["AgentSearch"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of agents. `results` is empty when no agent matches. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentPage"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["KeyRejected"];
            403: components["responses"]["AccessDenied"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["ServerError"];
        };
    };
    "metrics.list": {
        parameters: {
            query?: {
                /**
                 * @description Only metrics of the agent with this id.
                 * @example 2142
                 */
                agent_id?: components["parameters"]["MetricAgentId"];
                /**
                 * @description Only metrics of the project with this id.
                 * @example 77
                 */
                project_id?: components["parameters"]["MetricProjectId"];
                /**
                 * @description Only metrics of the assistant with this id. The voice provider assigns it.
                 * @example asst_1234567890
                 */
                assistant_id?: components["parameters"]["MetricAssistantId"];
                /**
                 * @description Only metrics of any of these agents: a comma-separated list of agent ids.
                 * @example 2142,2143
                 */
                agents?: components["parameters"]["MetricAgents"];
                /**
                 * @description Only metrics with this slug.
                 * @example followed_the_script
                 */
                slug?: components["parameters"]["MetricSlug"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics, empty when no metric matches. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricDefinition"][];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["KeyRejected"];
            403: components["responses"]["AccessDenied"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["ServerError"];
        };
    };
}
