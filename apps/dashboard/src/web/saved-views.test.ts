import { expect, test } from 'vitest'
import { readSavedViews, toViewSearch } from './saved-views.ts'

test('a view has filters and display settings, and not the open call', () =>
  expect(toViewSearch('?agent=1&outcome=failure&call=7&utm_source=x')).toBe(
    'agent=1&outcome=failure',
  ))

test('a view leaves out what is not valid', () =>
  expect(toViewSearch('agent=1&sort=password&range=24h')).toBe('agent=1&range=24h'))

test.each([null, 'x', {}, [null], [{ name: 1, search: 'a' }], [{ name: ' ', search: '' }]])(
  'invalid stored data is not a view: %j',
  (stored) => expect(readSavedViews(stored)).toEqual([]),
)

test('of two views with one name the first is used', () =>
  expect(
    readSavedViews([
      { name: 'Failures', search: 'outcome=failure' },
      { name: 'Failures ', search: '' },
    ]),
  ).toEqual([{ name: 'Failures', search: 'outcome=failure' }]))
