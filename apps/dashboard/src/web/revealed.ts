import { useSyncExternalStore } from 'react'
import { client } from './api.ts'
import { toProblem } from './use-calls.ts'

/** Numbers the reader asked to see: in memory only, gone with the page. */
let revealed: ReadonlyMap<number, string> = new Map()
const listeners = new Set<() => void>()

function change(next: ReadonlyMap<number, string>): void {
  revealed = next
  for (const listener of listeners) listener()
}

/** Asks the server for one call's number. Resolves to what went wrong, if anything. */
export async function reveal(agentId: number, id: number): Promise<string | undefined> {
  const { data, error } = await client
    .GET('/api/reveal', { params: { query: { agent_id: agentId, id } } })
    .catch((failure: unknown) => ({ data: undefined, error: failure }))
  if (!data) return toProblem(error).title
  change(new Map([...revealed, [id, data.customer_number || '–']]))
  return undefined
}

export function hide(id: number): void {
  change(new Map([...revealed].filter(([key]) => key !== id)))
}

export const hideAll = (): void => change(new Map())

export const useRevealed = (): ReadonlyMap<number, string> =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => revealed,
  )
