import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: '@cekura-kit/dashboard', exclude: [...configDefaults.exclude, '**/dist/**'] },
})
