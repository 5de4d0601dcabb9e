import type {
  CekuraErrorCode,
  CekuraErrorReason,
  ClientOptions,
  CallOptions,
} from '@cekura-kit/client'
import type { Step } from '../support/scripted-server.ts'

/** What a call must come to. */
export interface Expected {
  requests: number
  /** Waits between attempts, in milliseconds. */
  waits?: number[]
  ids?: number[]
  /** `page` of each request. */
  pages?: string[]
  /** Query of the first request, besides `agent_id`. */
  sent?: Record<string, string>
  /** Headers of the first request; undefined for one that must be absent. */
  headers?: Record<string, string | undefined>
  code?: CekuraErrorCode
  reason?: CekuraErrorReason
  status?: number
  attempts?: number
  retryAfterMs?: number
  /** The whole message; `{server}` is the URL of the server. */
  message?: string
  maxMessageLength?: number
}

/** How a call is made, besides `agent_id: 7`. */
export interface Call {
  /** Every item is read instead of one page. */
  iterate?: true
  query?: Record<string, unknown>
  options?: ClientOptions
  callOptions?: CallOptions
}

export interface Case extends Call {
  title: string
  steps: Step[]
  expected: Expected
}

/** One row: what the server sends, what the call must come to, and how the call is made. */
export const row = (title: string, steps: Step[], expected: Expected, call: Call = {}): Case => ({
  title,
  steps,
  expected,
  ...call,
})

/** A row that reads every item of a list. */
export const iteration = (
  title: string,
  steps: Step[],
  expected: Expected,
  call: Call = {},
): Case => row(title, steps, expected, { iterate: true, ...call })

/** A page of call logs with these ids. */
export const page = (ids: number[], next: string | null = null, count = ids.length): Step => ({
  page: { ids, next, count },
})

export const status = (code: number, headers?: Record<string, string>): Step => ({
  status: code,
  json: { detail: 'no' },
  ...(headers && { headers }),
})

export const json = (body: unknown, code = 200): Step => ({ status: code, json: body })

export const text = (body: string, code = 200, headers?: Record<string, string>): Step => ({
  status: code,
  text: body,
  ...(headers && { headers }),
})

export const fault = (kind: NonNullable<Step['fault']>): Step => ({ fault: kind })
