import { expect, test } from 'vitest'
import { createJournal, type JournalEntry } from './journal.ts'

test('keeps the last requests, oldest first', () => {
  const { add, last } = createJournal(3)
  expect(last()).toEqual([])
  const entry = { operationId: 'a', method: 'GET', path: '/', query: {} }
  for (let status = 0; status < 20; status++) {
    add({ ...entry, status })
    const kept = [status - 2, status - 1, status].filter((one) => one >= 0)
    expect(last()).toEqual(kept.map((one): JournalEntry => ({ ...entry, status: one })))
  }
})
