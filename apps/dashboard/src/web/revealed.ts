import { useSyncExternalStore } from 'react'
import type { PersonalFields } from '../shared/dashboard-api.ts'
import { client } from './api.ts'
import { toProblem } from './use-calls.ts'

/** Calls whose personal data the user revealed: in memory only, until the page is closed. */
let revealed: ReadonlyMap<number, PersonalFields> = new Map()
const listeners = new Set<() => void>()

function change(next: ReadonlyMap<number, PersonalFields>): void {
  revealed = next
  for (const listener of listeners) listener()
}

/** Requests the personal data of a call. Resolves to the title of a problem, if there is one. */
export async function reveal(
  agentId: number,
  id: number,
  time: number | null,
): Promise<string | undefined> {
  const at = time === null ? {} : { at: new Date(time).toISOString() }
  const { data, error } = await client
    .GET('/api/reveal', { params: { query: { agent_id: agentId, id, ...at } } })
    .catch((failure: unknown) => ({ data: undefined, error: failure }))
  if (!data) return toProblem(error).title
  change(new Map([...revealed, [id, data.fields]]))
  return undefined
}

export function hide(id: number): void {
  change(new Map([...revealed].filter(([key]) => key !== id)))
}

export const hideAll = (): void => change(new Map())

export const useRevealed = (): ReadonlyMap<number, PersonalFields> =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => revealed,
  )
