import { expect, test } from 'vitest'
import { createDeduplicator } from '../../src/pagination/deduplicator.ts'

const itemsOf = (...ids: unknown[]) => ids.map((id) => ({ id }))

test('drops an item whose id came before, on the same page or an earlier one', () => {
  const deduplicate = createDeduplicator()
  expect(deduplicate(itemsOf(1, 2, 1))).toEqual(itemsOf(1, 2))
  expect(deduplicate(itemsOf(2, 3))).toEqual(itemsOf(3))
})

test('tells the number 1 from the string "1"', () => {
  expect(createDeduplicator()(itemsOf(1, '1', 1, '1'))).toEqual(itemsOf(1, '1'))
})

test('keeps every item without a usable id', () => {
  const items = [{}, {}, ...itemsOf(null, null, undefined, '', '', true, true)]
  expect(createDeduplicator()(items)).toEqual(items)
})

test('remembers the last 100,000 ids', () => {
  const deduplicate = createDeduplicator()
  const isNew = (id: number): boolean => deduplicate(itemsOf(id)).length === 1
  expect(deduplicate(Array.from({ length: 100_000 }, (_, id) => ({ id })))).toHaveLength(100_000)
  expect(isNew(0)).toBe(false)
  expect(isNew(100_000)).toBe(true)
  expect([isNew(1), isNew(0)]).toEqual([false, true])
})
