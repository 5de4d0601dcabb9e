import { expect, test } from 'vitest'
import { createConcurrencyLimit } from './concurrency-limit.ts'

test('a refusal halves the requests at a time, those that ran with it count as one', () => {
  let now = 0
  const pace = createConcurrencyLimit(8, () => now)
  pace.slow()
  pace.slow()
  expect(pace.limit()).toBe(4)
  now += 2000
  for (let n = 0; n < 5; n++) {
    pace.slow()
    now += 2000
  }
  expect(pace.limit()).toBe(1)
})

test('twenty good answers bring one request back, up to where it began', () => {
  const pace = createConcurrencyLimit(2, () => 0)
  pace.slow()
  for (let n = 0; n < 19; n++) pace.good()
  expect(pace.limit()).toBe(1)
  pace.good()
  expect(pace.limit()).toBe(2)
  for (let n = 0; n < 100; n++) pace.good()
  expect(pace.limit()).toBe(2)
})
