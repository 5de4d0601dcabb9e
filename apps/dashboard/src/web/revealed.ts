import { useSyncExternalStore } from 'react'
import type { CallDetails } from '../shared/dashboard-api.ts'
import { client } from './api.ts'
import { toProblem } from './use-calls.ts'

/** Calls whose personal data the user revealed: in memory only, until the page is closed. */
let revealed: ReadonlyMap<number, CallDetails> = new Map()
const listeners = new Set<() => void>()

function change(next: ReadonlyMap<number, CallDetails>): void {
  revealed = next
  for (const listener of listeners) listener()
}

/** Requests the personal data of a call. Resolves to the title of a problem, if there is one. */
export async function reveal(agentId: number, id: number): Promise<string | undefined> {
  const { data, error } = await client
    .GET('/api/reveal', { params: { query: { agent_id: agentId, id } } })
    .catch((failure: unknown) => ({ data: undefined, error: failure }))
  if (!data?.call) return data ? 'Call not found' : toProblem(error).title
  change(new Map([...revealed, [id, data.call]]))
  return undefined
}

export function hide(id: number): void {
  change(new Map([...revealed].filter(([key]) => key !== id)))
}

export const hideAll = (): void => change(new Map())

export const useRevealed = (): ReadonlyMap<number, CallDetails> =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => revealed,
  )
