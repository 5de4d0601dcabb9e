import type { SpecDocument } from '@cekura-kit/spec'
import {
  forkPrism,
  type PrismMessage,
  type PrismProcess,
  type PrismStart,
} from './prism-process.ts'

export interface PrismSupervisor {
  /** The process that answers, started anew when the last one has ended. */
  running(): Promise<PrismProcess>
  /** Puts a process with another document in its place; on an error the old one stays. */
  swap(document: SpecDocument): Promise<void>
  close(): Promise<void>
}

export interface SupervisorOptions {
  /**
   * How long a process has answered before a second one is made ready to take its place, in
   * milliseconds; default 10 000. What is started and stopped for one test never pays for it.
   */
  spareAfterMs?: number
  /** How many requests a process answers at least before it is replaced for its size; default 1000. */
  leastAnswers?: number
  /** Default {@link forkPrism}. */
  fork?: typeof forkPrism
}

const hasEnded = ({ child }: PrismProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null

/**
 * Starts Prism, and has another one answer whenever it ends or has grown large.
 *
 * @throws {MockError} when the first cannot start
 */
export async function supervisePrism(
  first: PrismStart,
  { spareAfterMs = 10_000, leastAnswers = 1000, fork = forkPrism }: SupervisorOptions = {},
): Promise<PrismSupervisor> {
  let start = first
  let closed = false
  const children = new Set<PrismProcess>()
  /** Ready to answer, without a request yet. */
  let spare: Promise<PrismProcess | undefined> | undefined
  let spareTimer: NodeJS.Timeout | undefined

  async function breed(from: PrismStart): Promise<PrismProcess> {
    const prism = await fork(from)
    children.add(prism)
    if (closed) prism.child.kill('SIGKILL')
    prism.child.once('exit', () => {
      children.delete(prism)
      if (!closed && prism === latest) renew()
    })
    prism.child.on('message', ({ type }: PrismMessage) => {
      if (type === 'large' && prism === latest && prism.answered >= leastAnswers)
        recycling ??= recycle().finally(() => (recycling = undefined))
    })
    return prism
  }
  function adopt(prism: PrismProcess): PrismProcess {
    latest = prism
    clearTimeout(spareTimer)
    if (!closed) spareTimer = setTimeout(prepareSpare, spareAfterMs).unref()
    return prism
  }
  function prepareSpare(): void {
    // Not while one is at work: it needs the processor more.
    if (latest && latest.waiting.size > 0) {
      spareTimer = setTimeout(prepareSpare, spareAfterMs).unref()
      return
    }
    // Without one the next process is started when it is needed.
    spare ??= breed(start).catch(() => undefined)
  }
  /** Whoever takes the spare is the only one to have it. */
  function takeSpare(): typeof spare {
    const ready = spare
    spare = undefined
    return ready
  }
  async function next(): Promise<PrismProcess> {
    const ready = await takeSpare()
    if (ready && !hasEnded(ready)) return adopt(ready)
    const prism = await breed(start)
    // It can end between its first word and this one.
    return hasEnded(prism) ? next() : adopt(prism)
  }
  function renew(): void {
    current = next()
    // The next request tries again, and says why when that fails too.
    current.catch(() => (latest = undefined))
  }
  /** Has another process answer from now on; requests under way end on the old one. */
  async function replace(old: PrismProcess | undefined, by: PrismProcess): Promise<void> {
    current = Promise.resolve(adopt(by))
    if (old) await idle(old)
    old?.child.kill('SIGKILL')
  }
  async function recycle(): Promise<void> {
    const old = latest
    try {
      const prism = (await takeSpare()) ?? (await breed(start))
      // One that has ended meanwhile has been replaced already.
      if (latest === old && !hasEnded(prism)) await replace(old, prism)
      else prism.child.kill('SIGKILL')
    } catch {
      // The large one goes on, and asks again in a second.
    }
  }

  function killAll(): void {
    for (const { child } of children) child.kill('SIGKILL')
  }

  let recycling: Promise<void> | undefined
  let latest: PrismProcess | undefined
  let current = next()
  await current

  return {
    running() {
      if (!latest) renew()
      return current
    },
    async swap(document) {
      const prism = await breed({ ...start, document })
      // Not earlier: a larger one may have been replaced meanwhile.
      const old = latest
      start = { ...start, document }
      const outdated = takeSpare()
      await replace(old, prism)
      ;(await outdated)?.child.kill('SIGKILL')
    },
    async close() {
      closed = true
      clearTimeout(spareTimer)
      killAll()
      // What was being started meanwhile is ended as soon as it is there.
      await Promise.all([current.catch(() => {}), spare, recycling])
      killAll()
      await Promise.all([...children].map(({ exited }) => exited))
    },
  }
}

async function idle(prism: PrismProcess): Promise<void> {
  while (prism.waiting.size > 0 && !hasEnded(prism))
    await new Promise((done) => setTimeout(done, 20))
}
