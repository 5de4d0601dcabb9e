import { defineConfig } from 'vitest/config'

// The tests that grade the sources: none of sizes, builds or processes.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/package/**', 'test/size.test.ts', 'test/transport/processes.test.ts'],
    testTimeout: 60_000,
  },
})
