import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { followSignal, waitFor } from '../src/effects.ts'

/** Timers that hold this process. */
const timers = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

const listeners = ({ signal }: AbortController): number => getEventListeners(signal, 'abort').length

/** Work that ends when it is told to, and the signal that it was given. */
function createWork() {
  let resolve!: (result: string) => void
  let reject!: (error: Error) => void
  const promise = new Promise<string>((...ways) => ([resolve, reject] = ways))
  const given: AbortSignal[] = []
  const work = (signal: AbortSignal): Promise<string> => {
    given.push(signal)
    return promise
  }
  return { work, given, resolve, reject }
}

test('a signal follows its leader, for the same reason, and then lets it go', () => {
  const leader = new AbortController()
  const { signal } = followSignal(leader.signal)
  expect([signal.aborted, listeners(leader)]).toEqual([false, 1])
  leader.abort('enough')
  expect([signal.reason, listeners(leader)]).toEqual(['enough', 0])
})

test('a signal whose leader has aborted before is aborted from the start', () => {
  expect(followSignal(AbortSignal.abort('no')).signal.reason).toBe('no')
})

test.each([undefined, new AbortController()])('a signal can be ended, leader %s', (leader) => {
  const { signal, end } = followSignal(leader?.signal)
  end()
  expect(signal.aborted).toBe(true)
  expect(leader ? listeners(leader) : 0).toBe(0)
})

test('work that is done is not aborted, and leaves neither timer nor listener', async () => {
  const before = timers()
  const leader = new AbortController()
  const { work, given, resolve } = createWork()
  const waiting = waitFor(60_000, leader.signal, work)
  expect([timers() - before, listeners(leader)]).toEqual([1, 1])
  resolve('done')
  expect(await waiting).toBe('done')
  await setImmediate()
  leader.abort()
  expect([timers() - before, listeners(leader), given[0]?.aborted]).toEqual([0, 0, false])
})

test('work that fails is told as it failed, and leaves neither timer nor listener', async () => {
  const before = timers()
  const leader = new AbortController()
  const { work, given, reject } = createWork()
  const waiting = waitFor(60_000, leader.signal, work)
  reject(new Error('broken'))
  await expect(waiting).rejects.toThrow('broken')
  await setImmediate()
  leader.abort()
  expect([timers() - before, listeners(leader), given[0]?.aborted]).toEqual([0, 0, false])
})

test.each([undefined, new AbortController().signal])(
  'work that is late is aborted, and comes to nothing, leader %s',
  async (leader) => {
    const { work, given } = createWork()
    expect(await waitFor(1, leader, work)).toBeUndefined()
    expect(given[0]?.aborted).toBe(true)
  },
)

test('work is not begun when the leader has aborted', async () => {
  const before = timers()
  const { work, given } = createWork()
  expect(await waitFor(60_000, AbortSignal.abort(), work)).toBeUndefined()
  expect([timers() - before, given]).toEqual([0, []])
})

test('an abort ends a wait without work', async () => {
  const before = timers()
  const leader = new AbortController()
  const waiting = waitFor(60_000, leader.signal)
  leader.abort()
  expect(await waiting).toBeUndefined()
  expect(timers() - before).toBe(0)
})
