/** A mock that cannot start or go on; the message says what is wrong and how to mend it. */
export class MockError extends Error {
  override readonly name = 'MockError'
}
