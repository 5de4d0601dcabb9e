import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

/** Time that advances only while sleeping. */
function createTime() {
  let at = 1000
  return {
    now: () => at,
    async sleep(ms: number) {
      at += ms
    },
    pass: (ms: number) => (at += ms),
  }
}

test('turns start a pause apart, in the order of the calls', async () => {
  const time = createTime()
  const { turn } = createPace({ pauseMs: 500, ...time })
  const starts = await Promise.all([1, 2, 3, 4].map(() => turn().then(() => time.now())))
  expect(starts).toEqual([1000, 1500, 2000, 2500])
})

test('a turn after a longer pause does not wait', async () => {
  const time = createTime()
  const { turn } = createPace({ pauseMs: 500, ...time })
  await turn()
  time.pass(499)
  await turn()
  expect(time.now()).toBe(1500)
  time.pass(501)
  await turn()
  expect(time.now()).toBe(2001)
})

test('a rest delays turns that already wait', async () => {
  const time = createTime()
  const { turn, rest } = createPace({ pauseMs: 500, ...time })
  await turn()
  const second = turn().then(() => time.now())
  rest(7000)
  expect(await second).toBe(8000)
})

test('a rest that is shorter than the pause has no effect', async () => {
  const time = createTime()
  const { turn, rest } = createPace({ pauseMs: 500, ...time })
  await turn()
  rest(0)
  await turn()
  expect(time.now()).toBe(1500)
})
