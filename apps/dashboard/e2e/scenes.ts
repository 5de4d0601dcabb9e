import type { Page } from '@playwright/test'
import { hostileAgent, insertHostileCalls } from './hostile-calls.ts'
import { clickRow, expect, openDrawer, openPage, tableOf } from './parts.ts'
import { now, type World, type WorldOptions } from './start-world.ts'

export const sizes = {
  smallest: { width: 320, height: 568 },
  phone: { width: 390, height: 844 },
  tablet: { width: 768, height: 1024 },
  wide: { width: 1440, height: 900 },
  '4k': { width: 3840, height: 2160 },
} as const
export type SizeName = keyof typeof sizes

/** A screen of the page, or a state of one: used for screenshots and checked by axe. */
export interface Scene {
  name: string
  /** Where it is looked at; default `wide` alone. */
  sizes?: readonly SizeName[]
  /** Rows of the table that no other scene has; default the usual ones, checked once. */
  hasRows?: true
  /** A separate API: the scene needs another one, or changes it. */
  world?: WorldOptions
  /** Brings any page of the world there. */
  show(page: Page, world: World): Promise<void>
}

const everySize = Object.keys(sizes) as SizeName[]
const ends: readonly SizeName[] = ['smallest', 'wide']

async function showCall(page: Page, path = '/?charts=off&outcome=failure'): Promise<void> {
  await openPage(page, path)
  await clickRow(page, 3)
  await expect(openDrawer(page).getByText('created at')).toBeVisible()
}

const openMenu =
  (name: string, title: string, path = '/?charts=off') =>
  async (page: Page): Promise<void> => {
    await openPage(page, path)
    await page.getByRole('button', { name, exact: true }).click()
    await expect(page.getByRole('dialog', { name: title })).toBeVisible()
  }

// Unused agents: a loaded range needs no request.
let lastAgent = 3000
const showFault =
  (fault: object) =>
  async (page: Page, world: World): Promise<void> => {
    await world.control('/faults', [{ ...fault, times: 20 }])
    await page.goto(`/?agent=${(lastAgent += 1)}`)
    await expect(page.getByRole('alert')).toBeVisible()
    await world.control('/faults', [])
  }

export const scenes: readonly Scene[] = [
  {
    name: 'overview',
    sizes: everySize,
    hasRows: true,
    async show(page) {
      await openPage(page)
      await expect(page.getByText('Loading the previous period')).toBeHidden()
    },
  },
  { name: 'call', sizes: everySize, show: (page) => showCall(page, '/?outcome=failure') },
  {
    name: 'revealed',
    sizes: ends,
    async show(page) {
      await showCall(page)
      await openDrawer(page)
        .getByRole('button', { name: /^Reveal/ })
        .click()
      await expect(page.getByRole('button', { name: 'Hide personal data' })).toBeVisible()
    },
  },
  {
    name: 'filtered',
    sizes: ends,
    show: (page) => openPage(page, '/?outcome=failure&min=30&sort=-duration&metric=311:1..<3'),
  },
  {
    name: 'every-column',
    hasRows: true,
    show: (page) =>
      openPage(
        page,
        '/?charts=off&cols=time,outcome,duration,topic,reason,dropoff,reviewed,number,call_id,id,m310,m311,m312',
      ),
  },
  {
    name: 'values',
    sizes: ends,
    async show(page) {
      await openPage(page)
      for (const button of await page.getByRole('button', { name: / as a table$/ }).all())
        await button.click()
    },
  },
  { name: 'share', show: openMenu('Share', 'Share') },
  { name: 'export', sizes: ends, show: openMenu('Export', 'Export') },
  { name: 'display', sizes: ends, show: openMenu('Display', 'Display') },
  { name: 'range', sizes: ends, show: openMenu('Last 7 days', 'Time range') },
  {
    name: 'help',
    sizes: ends,
    async show(page) {
      await openPage(page, '/?charts=off')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    },
  },
  {
    name: 'nothing-found',
    sizes: ends,
    async show(page) {
      await page.goto('/?q=nothing+has+this+name')
      await expect(page.getByRole('heading', { name: 'No calls match' })).toBeVisible()
    },
  },
  {
    name: 'no-calls',
    async show(page) {
      await page.goto('/?agent=2999&range=24h')
      await expect(page.getByRole('heading', { name: 'Agent 2999 is not available' })).toBeVisible()
    },
  },
  {
    name: 'ignored-parts',
    sizes: ends,
    async show(page) {
      await openPage(page, '/?charts=off&range=soon&min=x&sort=weight')
      await expect(page.getByText(/Parts of this link were ignored/)).toBeVisible()
    },
  },
  {
    name: 'no-such-call',
    async show(page) {
      await page.goto('/?charts=off&call=123456789')
      await expect(page.getByRole('heading', { name: 'Call not found' })).toBeVisible()
    },
  },
  { name: '401', show: showFault({ status: 401 }) },
  { name: '403', show: showFault({ status: 403 }) },
  { name: '429', sizes: ends, show: showFault({ status: 429, retryAfter: 900 }) },
  { name: '502', sizes: ['phone', 'wide'], show: showFault({ status: 502 }) },
  {
    name: 'loading',
    sizes: ends,
    async show(page, world) {
      await world.control('/faults', [{ after: 1, latencyMs: 20_000, times: 50 }])
      await page.goto('/?range=30d')
      await expect(page.getByRole('status').filter({ hasText: /^Loading/ })).toBeVisible()
    },
    world: {},
  },
  {
    name: 'unreachable',
    world: {},
    async show(page, world) {
      await world.stopService()
      await page.goto('/')
      await expect(page.getByRole('alert')).toContainText('Cannot reach the API')
    },
  },
  {
    name: 'no-server',
    world: {},
    async show(page, world) {
      await openPage(page, '/?charts=off')
      await world.stopServer()
      await page.getByRole('button', { name: 'Last 7 days' }).click()
      await page.getByRole('button', { name: 'Last 24 hours' }).click()
      await expect(page.getByRole('alert')).toContainText('server does not respond')
    },
  },
  {
    name: 'offline',
    world: {},
    async show(page) {
      await openPage(page, '/?charts=off')
      await page.context().setOffline(true)
      await expect(page.getByText('You’re offline')).toBeVisible()
    },
  },
  {
    name: 'stale',
    world: {},
    async show(page) {
      await page.clock.setFixedTime(now + 40 * 60_000)
      await openPage(page, '/?charts=off')
      await expect(page.getByText(/Updated \d+ min ago/)).toBeVisible()
    },
  },
  {
    name: 'part',
    sizes: ends,
    world: { server: { maxRows: 150 } },
    async show(page) {
      await openPage(page, '/?charts=off')
      await expect(page.getByText(/newest \d+ of \d+/)).toBeVisible()
    },
  },
  {
    name: 'no-agent',
    world: { server: { agentId: undefined } },
    async show(page) {
      await page.goto('/')
      await expect(page.getByRole('heading', { name: 'Which agent?' })).toBeVisible()
    },
  },
  {
    name: 'always-masked',
    world: { server: { canReveal: false } },
    show: (page) => showCall(page),
  },
  {
    name: 'hostile',
    sizes: ends,
    hasRows: true,
    world: {},
    async show(page, world) {
      await insertHostileCalls(world)
      await page.goto(`/?agent=${hostileAgent}`)
      await expect(tableOf(page)).toBeVisible()
    },
  },
]
