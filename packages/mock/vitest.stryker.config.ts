import { defineConfig } from 'vitest/config'

// The tests that grade the sources: none that starts Prism or another process.
export default defineConfig({
  test: {
    include: [
      'src/{sandbox,gateway}/*.test.ts',
      'src/{fingerprint,mock-options,msw,read-spec,sandbox}.test.ts',
      'src/cli/plan-command.test.ts',
      'src/live/read-answer.test.ts',
      'src/prism/violation.test.ts',
    ],
    testTimeout: 60_000,
  },
})
