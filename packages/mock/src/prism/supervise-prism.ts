import type { SpecDocument } from '@cekura-kit/spec'
import { forkPrism, type PrismProcess, type PrismStart } from './prism-process.ts'

export interface PrismSupervisor {
  /** The process that answers, started anew when the last one has ended. */
  running(): Promise<PrismProcess>
  /** Puts a process with another document in its place; on an error the old one stays. */
  swap(document: SpecDocument): Promise<void>
  close(): Promise<void>
}

/** Starts Prism, and another one whenever it ends. @throws {MockError} when the first cannot start */
export async function supervisePrism(first: PrismStart): Promise<PrismSupervisor> {
  let start = first
  let closed = false
  const children = new Set<PrismProcess>()

  async function launch(from: PrismStart): Promise<PrismProcess> {
    const prism = await forkPrism(from)
    children.add(prism)
    if (closed) prism.child.kill('SIGKILL')
    prism.child.once('exit', () => {
      children.delete(prism)
      if (!closed && prism === latest) renew()
    })
    latest = prism
    return prism
  }
  function renew(): void {
    current = launch(start)
    // The next request tries again, and says why when that fails too.
    current.catch(() => (latest = undefined))
  }

  let latest: PrismProcess | undefined
  let current = launch(start)
  await current

  return {
    running() {
      if (!latest) renew()
      return current
    },
    async swap(document) {
      const old = latest
      const next = await launch({ ...start, document })
      start = { ...start, document }
      current = Promise.resolve(next)
      // Requests under way end on the old process.
      if (old) await idle(old)
      old?.child.kill('SIGKILL')
    },
    async close() {
      closed = true
      await current.catch(() => {})
      const ended = [...children].map(({ child, exited }) => {
        child.kill('SIGKILL')
        return exited
      })
      await Promise.all(ended)
    },
  }
}

async function idle({ waiting, child }: PrismProcess): Promise<void> {
  while (waiting.size > 0 && child.exitCode === null)
    await new Promise((done) => setTimeout(done, 20))
}
