import { expect, test } from 'vitest'
import { readSavedViews, toViewSearch } from './saved-views.ts'

test('a view keeps what narrows and shows calls, and not the open one', () =>
  expect(toViewSearch('?agent=1&status=failure&call=7&utm_source=x')).toBe(
    'agent=1&status=failure',
  ))

test('a view leaves out what cannot be read', () =>
  expect(toViewSearch('agent=1&sort=password&range=24h')).toBe('agent=1&range=24h'))

test.each([null, 'x', {}, [null], [{ name: 1, search: 'a' }], [{ name: ' ', search: '' }]])(
  'what a browser kept wrongly is no view: %j',
  (stored) => expect(readSavedViews(stored)).toEqual([]),
)

test('of two views of one name the first is kept', () =>
  expect(
    readSavedViews([
      { name: 'Failures', search: 'status=failure' },
      { name: 'Failures ', search: '' },
    ]),
  ).toEqual([{ name: 'Failures', search: 'status=failure' }]))
