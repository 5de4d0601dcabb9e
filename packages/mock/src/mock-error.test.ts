import { expect, test } from 'vitest'
import { MockError } from './mock-error.ts'

test('an error of the mock says in its text whose it is', () => {
  expect(String(new MockError('Cannot start'))).toBe('MockError: Cannot start')
})
