import {
  apiKeyHeader,
  operationDescriptors,
  type CallLog,
  type CallLogDetail,
  type CallLogPage,
  type CallLogSend,
} from '@cekura-kit/types'
import { getResponse, http } from 'msw'
import { createMswSandbox } from '../../msw.ts'
import type { SandboxOptions } from '../sandbox-options.ts'

const base = 'https://api.test'

export const turns = [
  { role: 'Main Agent', content: 'How can I help?', start_time: 0.4, end_time: 2 },
  { role: 'Testing Agent', content: 'Where is my order?', start_time: 3, end_time: 9.2 },
] as const

const json = async <Body>(response: Response | Promise<Response>): Promise<Body> =>
  (await (await response).json()) as Body

/** A sandbox in this process, and requests for single calls. */
export function startCalls(options: SandboxOptions = {}) {
  const { handlers, control } = createMswSandbox({ http, rows: 40, ...options, origin: base })

  async function request(
    id: keyof typeof operationDescriptors,
    {
      path = {},
      query = {},
      body,
      key = 'k',
    }: {
      path?: Record<string, unknown>
      query?: Record<string, string>
      body?: unknown
      key?: string
    } = {},
  ): Promise<Response> {
    const descriptor = operationDescriptors[id]
    const at = descriptor.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(path[name])),
    )
    const sent = new Request(`${base}${at}?${new URLSearchParams(query)}`, {
      method: descriptor.method,
      headers: { [apiKeyHeader]: key, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return (await getResponse(handlers, sent))!
  }
  const send = (body: object = {}, key?: string): Promise<Response> =>
    request('callLogs.send', {
      body: { call_id: 'call_1', agent: 2142, transcript_json: turns, ...body } satisfies object,
      ...(key !== undefined && { key }),
    })
  const get = (id: number | string): Promise<Response> => request('callLogs.get', { path: { id } })
  const update = (id: number, body?: unknown): Promise<Response> =>
    request('callLogs.update', { path: { id }, body })
  const advance = (advanceMs: number): Promise<unknown> => control('/clock', { advanceMs })
  const list = (query: Record<string, string> = {}): Promise<CallLogPage> =>
    json(request('callLogs.list', { query: { agent_id: '2142', ...query } }))
  const sent = (body?: Partial<CallLogSend>): Promise<CallLog> => json(send(body))

  return {
    request,
    json,
    control,
    send,
    sent,
    get,
    update,
    advance,
    list,
    detail: (id: number): Promise<CallLogDetail> => json(get(id)),
    updated: (id: number, body: unknown): Promise<CallLogDetail> => json(update(id, body)),
    /** A call that was sent and evaluated. */
    async evaluated(body?: Partial<CallLogSend>): Promise<CallLogDetail> {
      const { id } = await sent(body)
      await advance(30_000)
      return json(get(id))
    },
  }
}
