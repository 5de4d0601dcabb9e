import { expect, test } from 'vitest'
import { createWaitTeller } from './tell-wait.ts'

test('a long wait is told with its reason, once for requests that wait together; a short one is not', () => {
  const told: string[] = []
  const clock = { time: 0 }
  const tell = createWaitTeller({ note: (text) => void told.push(text) }, () => clock.time)
  tell({ code: 'server', delayMs: 500 })
  expect(told).toEqual([])
  tell({ code: 'rate_limit', delayMs: 90_000 })
  tell({ code: 'rate_limit', delayMs: 90_000 })
  clock.time = 90_000
  tell({ code: 'connection', delayMs: 8000 })
  expect(told).toEqual([
    'The service asks to wait; going on in 1:30.',
    'The service cannot be reached; going on in 0:08.',
  ])
})
