// Pictures of the page on the sandbox, light and dark. Without an argument: those the README
// shows, into docs/screenshots. With a folder: every scene, to be looked at.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { findChromium } from '@cekura-kit/contract/chromium'
import { chromium, type Page } from '@playwright/test'
import buildPage from './build-page.ts'
import { clickRow, openDrawer, openPage } from './parts.ts'
import { now, startWorld, type World, type WorldOptions } from './start-world.ts'

interface Scene {
  name: string
  size: readonly [width: number, height: number]
  world?: WorldOptions
  isShown?: boolean
  show(page: Page, world: World): Promise<void>
}

const wide = [1440, 900] as const
const phone = [390, 844] as const

async function showCall(page: Page): Promise<void> {
  await openPage(page)
  await clickRow(page, 3)
  await openDrawer(page).waitFor()
}

const showFault =
  (fault: object) =>
  async (page: Page, world: World): Promise<void> => {
    await world.control('/faults', [fault])
    await page.goto('/')
    await page.getByRole('alert').waitFor()
  }

const scenes: Scene[] = [
  { name: 'overview', size: wide, isShown: true, show: (page) => openPage(page) },
  { name: 'call', size: wide, isShown: true, show: showCall },
  { name: 'phone', size: phone, isShown: true, show: (page) => openPage(page) },
  { name: 'phone-call', size: phone, show: showCall },
  { name: 'smallest', size: [320, 568], show: (page) => openPage(page) },
  { name: 'smallest-call', size: [320, 568], show: showCall },
  { name: '4k', size: [3840, 2160], show: (page) => openPage(page) },
  { name: '4k-call', size: [3840, 2160], show: showCall },
  { name: 'compact', size: wide, show: (page) => openPage(page, '/?density=compact&charts=0') },
  {
    name: 'filtered',
    size: wide,
    show: (page) => openPage(page, '/?status=failure&min=30&sort=-duration'),
  },
  { name: '401', size: wide, show: showFault({ status: 401 }) },
  { name: '403', size: wide, show: showFault({ status: 403 }) },
  { name: '429', size: wide, show: showFault({ status: 429, retryAfter: 90 }) },
  { name: '502', size: phone, show: showFault({ status: 502 }) },
  {
    name: 'offline',
    size: wide,
    async show(page, world) {
      await openPage(page)
      await world.stopServer()
      await page.getByRole('button', { name: 'Last 30 days' }).click()
      await page.getByRole('button', { name: 'Last 24 hours' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'loading',
    size: wide,
    world: { mock: { latencyMs: 400 } },
    async show(page) {
      await page.goto('/')
      await page
        .getByRole('status')
        .filter({ hasText: /[1-9]\d* of/ })
        .waitFor()
    },
  },
  {
    name: 'part',
    size: wide,
    world: { server: { mostRows: 150 } },
    show: (page) => openPage(page),
  },
  {
    name: 'empty',
    size: wide,
    async show(page) {
      await page.goto('/?q=nothing+has+this+name')
      await page.getByRole('heading', { name: /no calls/i }).waitFor()
    },
  },
  {
    name: 'no-agent',
    size: wide,
    world: { server: { agentId: undefined } },
    async show(page) {
      await page.goto('/')
      await page.getByLabel('Agent').waitFor()
    },
  },
]

const folder =
  process.argv[2] ?? fileURLToPath(new URL('../../../docs/screenshots', import.meta.url))
await mkdir(folder, { recursive: true })
await buildPage()
const browser = await chromium.launch({ executablePath: await findChromium() })
for (const { name, size, world: options, show } of scenes.filter(
  ({ isShown }) => isShown ?? process.argv[2] !== undefined,
))
  for (const colorScheme of ['light', 'dark'] as const) {
    await using world = await startWorld(options)
    const page = await browser.newPage({
      baseURL: world.url,
      viewport: { width: size[0], height: size[1] },
      colorScheme,
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    })
    await page.clock.setFixedTime(now)
    await show(page, world)
    const path = `${folder}/${name}-${colorScheme}.png`
    await page.screenshot({ path, animations: 'disabled' })
    await page.close()
    console.log(path)
  }
await browser.close()
