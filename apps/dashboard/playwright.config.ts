import { findChromium } from './e2e/find-chromium.ts'
import { defineConfig } from '@playwright/test'

// The workers read this file again, and need not look again.
const executablePath = await findChromium()
process.env['CHROMIUM_PATH'] = executablePath

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'node_modules/.cache/e2e',
  globalSetup: './e2e/build-page.ts',
  fullyParallel: true,
  workers: 2,
  reporter: [['line'], ['json', { outputFile: 'test-results/playwright.json' }]],
  timeout: 120_000,
  // No journey is about speed; a busy machine must not fail one.
  expect: { timeout: 30_000 },
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath },
    viewport: { width: 1280, height: 900 },
    timezoneId: 'Asia/Tokyo',
    // Without a graphics card each frame of a skeleton's shimmer is painted by the processor.
    contextOptions: { reducedMotion: 'reduce' },
    trace: process.env['CI'] ? 'retain-on-failure' : 'off',
  },
})
