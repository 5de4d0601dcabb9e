import { apiKeyHeader, operationDescriptors, type CallLogPage } from '@cekura-kit/types'
import { getResponse, http } from 'msw'
import { createMswSandbox } from '../msw.ts'
import type { SandboxOptions } from './sandbox-options.ts'

export const { path } = operationDescriptors['callLogs.list']
export const base = 'https://api.test'
type Query = Record<string, string | number>

/** A sandbox in this process, and its control API. */
export function startSandbox(options: SandboxOptions = {}) {
  const { handlers, control } = createMswSandbox({ http, ...options, origin: base })
  const send = async (query: Query = {}, fault?: string, key = 'k'): Promise<Response> => {
    const search = new URLSearchParams({ agent_id: '2142', ...query } as Record<string, string>)
    const headers = {
      [apiKeyHeader]: key,
      ...(fault !== undefined && { 'x-sandbox-fault': fault }),
    }
    return (await getResponse(handlers, new Request(`${base}${path}?${search}`, { headers })))!
  }
  const page = async (query?: Query) => (await (await send(query)).json()) as CallLogPage
  const statuses = async (count: number): Promise<number[]> => {
    const found = []
    for (let n = 0; n < count; n++) found.push((await send()).status)
    return found
  }
  return { send, page, statuses, control }
}
export const idsOf = ({ results }: CallLogPage): number[] => results.map(({ id }) => id)
