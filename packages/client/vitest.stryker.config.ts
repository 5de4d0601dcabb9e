import { defineConfig } from 'vitest/config'

// The tests that grade these sources: none of processes, sizes or builds.
export default defineConfig({
  test: {
    include: ['test/{behaviour,create-client,paging,read-answer}.test.ts'],
    testTimeout: 60_000,
  },
})
