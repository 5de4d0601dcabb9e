import { defineConfig } from 'vitest/config'

// The tests that grade the sources: tables of values, none that listens or starts a process.
export default defineConfig({
  test: {
    include: [
      'src/sandbox/{dataset,fault,profile,read-query,sandbox-control,sandbox-writes,virtual-clock}.test.ts',
      'src/gateway/fault-schedule.test.ts',
      'src/{mock-options,cli/plan-command,live/read-answer,prism/violation}.test.ts',
    ],
    testTimeout: 60_000,
  },
})
