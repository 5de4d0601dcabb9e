import { defineConfig } from 'vitest/config'

// The tests that grade the sources: none starts Prism or another process.
export default defineConfig({
  test: {
    include: [
      'src/sandbox/*.test.ts',
      'src/gateway/{answer,fault-schedule,send-fault,start-gateway}.test.ts',
      'src/{control,fingerprint,mock-error,mock-options,msw,read-spec}.test.ts',
      'src/{cli/plan-command,live/read-answer,prism/violation}.test.ts',
    ],
    // Less than StrykerJS waits, so that a request without an answer is a test that fails.
    testTimeout: 10_000,
  },
})
