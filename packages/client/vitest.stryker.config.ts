import { defineConfig } from 'vitest/config'

// The tests that grade the sources: none of sizes, builds or processes.
export default defineConfig({
  test: {
    include: ['test/{behaviour,create-client,leaks,otel,paging,range,read-answer,testing}.test.ts'],
    testTimeout: 60_000,
  },
})
