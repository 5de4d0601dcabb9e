import { defineConfig } from 'vitest/config'

// The tests that grade the sources; they start no other process.
export default defineConfig({
  test: {
    include: [
      'src/{data,faults,gateway}/*.test.ts',
      'src/api/{assumptions,sandbox}.test.ts',
      'src/control/journal.test.ts',
      'src/read-spec.test.ts',
      'src/{cli/plan-command,live/read-response}.test.ts',
    ],
    // Less than StrykerJS waits, so that a request without a response fails its test.
    testTimeout: 10_000,
  },
})
