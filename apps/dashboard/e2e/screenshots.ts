// Screenshots of the page with the sandbox, light and dark. Without an argument: those of the README,
// into docs/screenshots. With a folder: every scene.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { findChromium } from './find-chromium.ts'
import { chromium } from '@playwright/test'
import buildPage from './build-page.ts'
import { scenes, sizes, type SizeName } from './scenes.ts'
import { now, startWorld } from './start-world.ts'

// Scene, size, and the name of the screenshot.
const shown: readonly (readonly [string, SizeName, string])[] = [
  ['overview', 'wide', 'overview'],
  ['call', 'wide', 'call'],
  ['overview', 'phone', 'phone'],
]
const every = scenes.flatMap(({ name, sizes: own = ['wide'] }) =>
  own.map((size) => [name, size, `${name}-${size}`] as const),
)

const folder =
  process.argv[2] ?? fileURLToPath(new URL('../../../docs/screenshots', import.meta.url))
await mkdir(folder, { recursive: true })
await buildPage()
const browser = await chromium.launch({ executablePath: await findChromium() })
for (const [name, size, picture] of process.argv[2] === undefined ? shown : every)
  for (const colorScheme of ['light', 'dark'] as const) {
    const { world: options, show } = scenes.find((scene) => scene.name === name)!
    await using world = await startWorld({ mock: { rows: 20_000 }, ...options })
    const page = await browser.newPage({
      baseURL: world.url,
      viewport: sizes[size],
      colorScheme,
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    })
    await page.clock.setFixedTime(now)
    await show(page, world)
    const path = `${folder}/${picture}-${colorScheme}.png`
    await page.screenshot({ path, animations: 'disabled' })
    await page.close()
    console.log(path)
  }
await browser.close()
