import type { SpecDocument } from '@cekura-kit/spec'
import { forkPrism, type PrismProcess, type PrismStart } from './prism-process.ts'

/** Prism did not finish a task in time, and was ended. */
export class PrismTimeout extends Error {
  override readonly name = 'PrismTimeout'
}

export interface PrismSupervisor {
  /** Starts the process, unless it runs. @throws {MockError} if it cannot start */
  start(): Promise<void>
  /** Runs a task with the process. @throws {PrismTimeout} when it takes too long; what the task throws */
  run<Value>(task: (prism: PrismProcess) => Promise<Value>): Promise<Value>
  /** Replaces the document; open tasks finish with the old one. On an error the old one stays. */
  swap(document: SpecDocument): Promise<void>
  close(): Promise<void>
}

/**
 * Keeps Prism running in a child process: it starts on first use, and again after it has ended or
 * has not finished a task within `withinMs`.
 */
export function supervisePrism(
  first: PrismStart,
  { withinMs = 15_000, fork = forkPrism } = {},
): PrismSupervisor {
  let start = first
  let closed = false
  let current: Promise<PrismProcess> | undefined
  const processes = new Set<PrismProcess>()
  const open = new Map<PrismProcess, Set<Promise<unknown>>>()

  async function launch(from: PrismStart): Promise<PrismProcess> {
    const prism = await fork(from)
    processes.add(prism)
    void prism.exited.then(() => processes.delete(prism))
    if (closed) prism.kill()
    return prism
  }
  async function running(): Promise<PrismProcess> {
    const launched = (current ??= launch(start))
    const prism = await launched.catch((error: unknown) => {
      // The next task tries again.
      if (current === launched) current = undefined
      throw error
    })
    if (!prism.hasEnded() || closed) return prism
    if (current === launched) current = undefined
    return running()
  }

  return {
    async start() {
      await running()
    },
    async run(task) {
      const prism = await running()
      const tasks = open.get(prism) ?? new Set()
      open.set(prism, tasks)
      const work = task(prism)
      tasks.add(work)
      let timer: NodeJS.Timeout | undefined
      const deadline = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          prism.kill()
          reject(new PrismTimeout(`Prism did not respond within ${withinMs} ms`))
        }, withinMs)
      })
      try {
        return await Promise.race([work, deadline])
      } finally {
        clearTimeout(timer)
        tasks.delete(work)
      }
    },
    async swap(document) {
      const next = { ...start, document }
      if (!current) {
        start = next
        return
      }
      const prism = await launch(next)
      const old = await current.catch(() => undefined)
      start = next
      current = Promise.resolve(prism)
      if (!old) return
      await Promise.allSettled(open.get(old) ?? [])
      old.kill()
    },
    async close() {
      closed = true
      await current?.catch(() => {})
      for (const prism of processes) prism.kill()
      await Promise.all([...processes].map(({ exited }) => exited))
    },
  }
}
