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
         * List one agent's call logs, a page at a time
         * @description Answers one page of the call logs of one agent. Filters narrow the set; `count`,
         *     `next` and `previous` speak of the narrowed set. Records may change after the call:
         *     an evaluation can arrive late and a person can review it.
         */
        get: operations["listCallLogs"];
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
        /** @description One page of call logs and the way to its neighbours. */
        CallLogPage: {
            /**
             * @description How many call logs match over all pages. It may change between two pages, and the vendor warns that it can be wrong: do not decide by it whether more follows.
             * @example 123
             */
            count: number;
            /**
             * Format: uri
             * @description Address of the following page, null on the last one.
             * @example https://api.cekura.ai/example/v1/example-external/?page=4
             */
            next: string | null;
            /**
             * Format: uri
             * @description Address of the preceding page, null on the first one.
             * @example https://api.cekura.ai/example/v1/example-external/?page=2
             */
            previous: string | null;
            /** @description The page's call logs, empty when nothing matches. The order is not documented. */
            results: components["schemas"]["CallLog"][];
        };
        /** @description One observed call and what was made of it. Which properties are always present is not documented. Required here is only what a list of calls cannot work without, which is its identity, its instant and its outcome; everything else may be missing, and properties unknown to this document may be present. */
        CallLog: {
            /**
             * @description The call log's own numeric identifier; `call_ids` takes this one.
             * @example 481516
             */
            readonly id: number;
            /**
             * @description Length of the call as `MM:SS`, minutes and seconds; minutes may pass 59.
             * @example 01:10
             */
            duration?: string;
            /** @description Whether the call reached its goal, null while it is not judged. */
            success?: boolean | null;
            /** @description Whether a person has reviewed the call. */
            is_reviewed?: boolean;
            status: components["schemas"]["CallLogStatus"];
            /**
             * @description The reviewer's words, empty when there are none. May hold personal data.
             * @example Asked for the order number twice.
             */
            feedback?: string;
            /** @description What the call was scored on, empty when it was not. */
            readonly metrics?: components["schemas"]["Metric"][];
            /**
             * @description Why the call ended, at most 100 characters. An open vocabulary: voice providers add words of their own.
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
             * @description The agent's numeric identifier, null when the call belongs to none.
             * @example 2142
             */
            agent?: number | null;
            /**
             * @description The voice provider's identifier of the call, at most 100 characters.
             * @example call_abc123xyz
             */
            call_id: string;
            /**
             * Format: date-time
             * @description When the call took place, an RFC 3339 date-time.
             * @example 2025-01-15T09:30:00Z
             */
            timestamp: string;
            /** @description What went wrong while the call was processed, null when nothing did. */
            error_message?: string | null;
            /**
             * @description Where in the conversation the caller gave up, at most 1000 characters.
             * @example payment_confirmation
             */
            dropoff_point?: string;
            /**
             * @description What the call was about, at most 1000 characters.
             * @example product_inquiry
             */
            topic?: string;
            /**
             * Format: date-time
             * @description When the record was made, an RFC 3339 date-time.
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
         * @description Outcome of the call: as evaluated (`success`, `failure`), or as a person decided (`reviewed_success`, `reviewed_failure`).
         * @enum {string}
         */
        CallLogStatus: "success" | "failure" | "reviewed_success" | "reviewed_failure";
        /** @description One score of a call. A numeric metric carries `score`; an enum metric carries `enum` and `value` instead. `id`, `name` and `type` are required because a metric without them cannot be told from another. */
        Metric: {
            /**
             * @description Numeric identifier of the metric, the same on every call it scores.
             * @example 310
             */
            id: number;
            /**
             * @description The metric's name as its author wrote it.
             * @example Latency
             */
            name: string;
            /**
             * @description The kind of metric. An open vocabulary.
             * @example numeric
             * @example enum
             */
            type: string;
            /**
             * @description The score, in the unit the metric's author chose; present unless the metric is an enum metric.
             * @example 4.5
             */
            score?: number;
            /**
             * @description The chosen label, present for an enum metric.
             * @example positive
             */
            enum?: string;
            /**
             * @description The value behind the label, present for an enum metric.
             * @example The caller thanked the agent.
             */
            value?: string;
        };
        /** @description What is wrong, by the name of the parameter it is wrong with. */
        FieldErrors: {
            [key: string]: string[];
        };
        /** @description What is wrong, in one sentence. */
        ErrorDetail: {
            /** @description A message for a person. */
            detail: string;
        };
    };
    responses: {
        /** @description A parameter is missing or malformed; the body names it. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FieldErrors"];
            };
        };
        /** @description The API key is missing or unknown. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The API key is known but may not read this agent. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description There is no such page, also when `page` lies past the last one. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The plan's rate limit is used up. Neither the body nor `Retry-After` is documented. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorDetail"];
            };
        };
        /** @description The service failed. The body can be anything, an HTML page included. */
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
         * @description Page number within the result set, counted in pages; the first page is 1.
         * @example 1
         */
        Page: number;
        /**
         * @description How many call logs one page holds. No default and no largest value is documented; a server may answer fewer than asked.
         * @example 3
         */
        PageSize: number;
        /**
         * @description Calls from this instant on, an RFC 3339 date-time with its offset. Whether the instant itself is included is not documented.
         * @example 2025-01-01T00:00:00Z
         */
        TimestampFrom: string;
        /**
         * @description Calls up to this instant, an RFC 3339 date-time with its offset. Whether the instant itself is included is not documented.
         * @example 2025-01-31T23:59:59Z
         */
        TimestampTo: string;
        /**
         * @description Only these calls: a comma-separated list, at least 1 character long, of call-log ids. They are the integer `id` of a call log, not the provider's `call_id`.
         * @example 1,2,3
         */
        CallIds: string;
        /**
         * @description Only the calls of the agent with this numeric identifier.
         * @example 2142
         */
        AgentId: number;
        /** @description Only the calls of one assistant, by the id its voice provider gives it, at least 1 character long. */
        AssistantId: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description How many seconds to wait before the next request. May be missing.
         * @example 30
         */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listCallLogs: {
        parameters: {
            query: {
                /**
                 * @description Page number within the result set, counted in pages; the first page is 1.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description How many call logs one page holds. No default and no largest value is documented; a server may answer fewer than asked.
                 * @example 3
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description Calls from this instant on, an RFC 3339 date-time with its offset. Whether the instant itself is included is not documented.
                 * @example 2025-01-01T00:00:00Z
                 */
                timestamp_from?: components["parameters"]["TimestampFrom"];
                /**
                 * @description Calls up to this instant, an RFC 3339 date-time with its offset. Whether the instant itself is included is not documented.
                 * @example 2025-01-31T23:59:59Z
                 */
                timestamp_to?: components["parameters"]["TimestampTo"];
                /**
                 * @description Only these calls: a comma-separated list, at least 1 character long, of call-log ids. They are the integer `id` of a call log, not the provider's `call_id`.
                 * @example 1,2,3
                 */
                call_ids?: components["parameters"]["CallIds"];
                /**
                 * @description Only the calls of the agent with this numeric identifier.
                 * @example 2142
                 */
                agent_id: components["parameters"]["AgentId"];
                /** @description Only the calls of one assistant, by the id its voice provider gives it, at least 1 character long. */
                assistant_id?: components["parameters"]["AssistantId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of call logs; `results` is empty when nothing matches. */
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
