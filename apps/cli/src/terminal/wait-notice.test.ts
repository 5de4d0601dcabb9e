import { expect, test } from 'vitest'
import { createWaitNotice } from './wait-notice.ts'

test('a long wait is printed with its reason, once for requests that wait together; a short one is not', () => {
  const printed: string[] = []
  const clock = { time: 0 }
  const tell = createWaitNotice({ note: (text) => void printed.push(text) }, () => clock.time)
  tell({ code: 'server', delayMs: 500 })
  expect(printed).toEqual([])
  tell({ code: 'rate_limit', delayMs: 90_000 })
  tell({ code: 'rate_limit', delayMs: 90_000 })
  clock.time = 90_000
  tell({ code: 'connection', delayMs: 8000 })
  expect(printed).toEqual([
    'Rate limited; retrying in 1:30.',
    'Connection failed; retrying in 0:08.',
  ])
})
