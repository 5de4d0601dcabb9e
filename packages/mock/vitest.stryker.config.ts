import { defineConfig } from 'vitest/config'

// The tests that grade these sources: none of processes, sizes or builds.
export default defineConfig({
  test: { include: ['src/{gateway/gateway,sandbox/sandbox-control}.test.ts'], testTimeout: 60_000 },
})
