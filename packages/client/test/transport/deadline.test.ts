import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { linkAbortSignal, withDeadline } from '../../src/transport/deadline.ts'
import { createDeferred } from '../support/deferred.ts'

/** Timers that keep this process alive. */
const countTimers = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

const countListeners = ({ signal }: AbortController): number =>
  getEventListeners(signal, 'abort').length

/** Work that settles on request, and the signals that it was given. */
function createWork() {
  const { promise, resolve, reject } = createDeferred<string>()
  const signals: AbortSignal[] = []
  const work = (signal: AbortSignal): Promise<string> => {
    signals.push(signal)
    return promise
  }
  return { work, signals, resolve, reject }
}

test('a linked signal aborts with the reason of its leader and releases it', () => {
  const leader = new AbortController()
  const { signal } = linkAbortSignal(leader.signal)
  expect([signal.aborted, countListeners(leader)]).toEqual([false, 1])
  leader.abort('enough')
  expect([signal.reason, countListeners(leader)]).toEqual(['enough', 0])
})

test('a linked signal is aborted at once when its leader already is', () => {
  expect(linkAbortSignal(AbortSignal.abort('no')).signal.reason).toBe('no')
})

test.each([undefined, new AbortController()])(
  'end() aborts a linked signal, with leader %s',
  (leader) => {
    const { signal, end } = linkAbortSignal(leader?.signal)
    end()
    expect(signal.aborted).toBe(true)
    expect(leader ? countListeners(leader) : 0).toBe(0)
  },
)

test('work that succeeds is not aborted and leaves neither timer nor listener', async () => {
  const before = countTimers()
  const leader = new AbortController()
  const { work, signals, resolve } = createWork()
  const waiting = withDeadline(60_000, leader.signal, work)
  expect([countTimers() - before, countListeners(leader)]).toEqual([1, 1])
  resolve('done')
  expect(await waiting).toBe('done')
  await setImmediate()
  leader.abort()
  expect([countTimers() - before, countListeners(leader), signals[0]?.aborted]).toEqual([
    0,
    0,
    false,
  ])
})

test('work that fails rejects with its error and leaves neither timer nor listener', async () => {
  const before = countTimers()
  const leader = new AbortController()
  const { work, signals, reject } = createWork()
  const waiting = withDeadline(60_000, leader.signal, work)
  reject(new Error('broken'))
  await expect(waiting).rejects.toThrow('broken')
  await setImmediate()
  leader.abort()
  expect([countTimers() - before, countListeners(leader), signals[0]?.aborted]).toEqual([
    0,
    0,
    false,
  ])
})

test.each([undefined, new AbortController().signal])(
  'work that is late is aborted and returns undefined, with leader %s',
  async (leader) => {
    const { work, signals } = createWork()
    expect(await withDeadline(1, leader, work)).toBeUndefined()
    expect(signals[0]?.aborted).toBe(true)
  },
)

test('work does not start when the leader has aborted', async () => {
  const before = countTimers()
  const { work, signals } = createWork()
  expect(await withDeadline(60_000, AbortSignal.abort(), work)).toBeUndefined()
  expect([countTimers() - before, signals]).toEqual([0, []])
})

test('an abort ends a wait without work', async () => {
  const before = countTimers()
  const leader = new AbortController()
  const waiting = withDeadline(60_000, leader.signal)
  leader.abort()
  expect(await waiting).toBeUndefined()
  expect(countTimers() - before).toBe(0)
})
