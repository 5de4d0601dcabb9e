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
    };
    requestBodies: never;
    headers: {
        /**
         * @description Time to wait before the next request, in seconds. May be missing.
         * @example 30
         */
        RetryAfter: number;
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
}
