import type { AttemptInfo, Hooks } from '@cekura-kit/client'

type Info = AttemptInfo & { code?: string; status?: number | undefined; delayMs?: number }

/** Hooks that record their names and what they are called with. */
export function createRecordingHooks(after: () => void | Promise<void> = () => {}) {
  const events: [name: keyof Hooks, info: Info][] = []
  const record = (name: keyof Hooks) => (info: Info) => {
    events.push([name, info])
    return after()
  }
  const hooks: Hooks = {
    onRequest: record('onRequest'),
    onResponse: record('onResponse'),
    onRetry: record('onRetry'),
    onError: record('onError'),
  }
  return { hooks, events, names: () => events.map(([name]) => name) }
}
