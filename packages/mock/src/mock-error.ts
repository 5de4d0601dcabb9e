/** A mock that cannot start or do what was requested; the message says what failed and how to fix it. */
export class MockError extends Error {
  override readonly name = 'MockError'
}
