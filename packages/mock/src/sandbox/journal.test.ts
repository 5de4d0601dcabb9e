import { expect, test } from 'vitest'
import { createJournal } from './journal.ts'

test('a journal keeps the last requests, oldest first, however many have come', () => {
  const { add, last } = createJournal(3)
  const query = {}
  expect(last()).toEqual([])
  for (let n = 0; n < 20; n++) {
    add({ query, status: n })
    const want = [n - 2, n - 1, n].filter((status) => status >= 0)
    expect(last()).toEqual(want.map((status) => ({ query, status })))
  }
})
