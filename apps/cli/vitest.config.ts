import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['@cekura-kit/mock/vitest'],
    exclude: [...configDefaults.exclude, '**/dist/**'],
  },
})
