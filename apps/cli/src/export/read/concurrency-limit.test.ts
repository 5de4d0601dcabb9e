import { expect, test } from 'vitest'
import { createConcurrencyLimit } from './concurrency-limit.ts'

test('each rate limit takes one of the concurrent requests, down to one', () => {
  const pace = createConcurrencyLimit(8)
  pace.slow()
  pace.slow()
  expect(pace.limit()).toBe(6)
  for (let n = 0; n < 9; n++) pace.slow()
  expect(pace.limit()).toBe(1)
})

test('twenty successes in a row allow one request more, up to the maximum', () => {
  const pace = createConcurrencyLimit(2)
  for (let n = 0; n < 19; n++) pace.good()
  pace.slow()
  for (let n = 0; n < 19; n++) pace.good()
  expect(pace.limit()).toBe(1)
  pace.good()
  expect(pace.limit()).toBe(2)
  for (let n = 0; n < 100; n++) pace.good()
  expect(pace.limit()).toBe(2)
})
