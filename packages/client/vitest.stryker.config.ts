import { defineConfig } from 'vitest/config'

// The tests that grade the sources: none of sizes, builds or processes.
export default defineConfig({
  test: {
    include: [
      'test/{attempts,behaviour,create-client,effects,leaks,middleware,otel,settings}.test.ts',
      'test/{paging,range,read-answer,testing}.test.ts',
    ],
    testTimeout: 60_000,
  },
})
