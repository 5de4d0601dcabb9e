import {
  apiKeyHeader,
  operationDescriptors,
  type CallLog,
  type CallLogPage,
} from '@cekura-kit/types'
import type { Mock } from './index.ts'

/** A list of the first agent's call logs. */
export const get = (mock: Mock, query: Record<string, string | number>, key = 'k') =>
  fetch(
    `${mock.url}${operationDescriptors['callLogs.list'].path}?${new URLSearchParams({ agent_id: '2142', ...query } as Record<string, string>)}`,
    { headers: { [apiKeyHeader]: key, accept: 'application/json' } },
  )

export const page = async (mock: Mock, query: Record<string, string | number> = {}) =>
  (await (await get(mock, query)).json()) as CallLogPage

export const control = (mock: Mock, path: string, body: unknown) =>
  fetch(`${mock.controlUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** The calls of all pages, by following `next`. */
export async function everyCall(
  mock: Mock,
  query: Record<string, string | number> = {},
): Promise<CallLog[]> {
  const calls: CallLog[] = []
  for (let next: string | null = null, first = true; first || next; first = false) {
    const body: CallLogPage = next
      ? ((await (await fetch(next, { headers: { [apiKeyHeader]: 'k' } })).json()) as CallLogPage)
      : await page(mock, query)
    calls.push(...body.results)
    next = body.next
  }
  return calls
}
