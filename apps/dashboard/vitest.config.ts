import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: '@cekura-kit/dashboard',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    exclude: [...configDefaults.exclude, '**/dist/**'],
  },
})
