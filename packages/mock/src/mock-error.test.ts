import { expect, test } from 'vitest'
import { MockError } from './mock-error.ts'

test('an error of the mock has its name in its text', () => {
  expect(String(new MockError('Cannot start'))).toBe('MockError: Cannot start')
})
