import { createCallLog } from '@cekura-kit/client/testing'
import { expect, test } from './journey.ts'
import { cellOf, countCalls, idOf, openAtRest, openPage } from './parts.ts'
import { agentId, now } from './start-world.ts'

const callAt = (id: number, time: number) =>
  createCallLog({ id, agent: agentId, timestamp: new Date(time).toISOString() })

test('newer calls are counted every ten seconds and shown on request', async ({ page, world }) => {
  await page.clock.install()
  await openAtRest(page, '/?charts=off')
  const all = await countCalls(page)
  const first = await cellOf(page, 0, 'time').textContent()
  const asked = (await world.requests()).length
  await page.clock.runFor(5000)
  expect(await world.requests()).toHaveLength(asked)
  await world.control('/insert', [callAt(9_000_001, now + 60_000), callAt(9_000_002, now + 61_000)])
  world.advance(120_000)
  await page.clock.runFor(6000)
  const bar = page.getByRole('button', { name: '2 newer calls – show' })
  await expect(bar).toBeVisible()
  // The end is fixed: nothing has moved.
  expect(await countCalls(page)).toBe(all)
  await expect(cellOf(page, 0, 'time')).toHaveText(first!)
  await bar.click()
  await page.clock.runFor(1000)
  await expect.poll(() => idOf(page, 0)).toBe('9000002')
  await expect(bar).toBeHidden()
})

test('a hidden page sends no requests', async ({ page, world }) => {
  await page.clock.install()
  await openAtRest(page, '/?charts=off')
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
  await page.clock.runFor(11_000)
  const asked = (await world.requests()).length
  world.advance(60_000)
  for (let turn = 0; turn < 6; turn += 1) await page.clock.runFor(10_000)
  expect(await world.requests()).toHaveLength(asked)
})

test('the age of the calls is shown, and they are loaded again', async ({ page, world }) => {
  await page.clock.install({ time: now })
  await openPage(page, '/?charts=off')
  await page.clock.runFor(60_000)
  await page.clock.setFixedTime(now + 40 * 60_000)
  world.advance(40 * 60_000)
  await page.clock.runFor(60_000)
  await expect(page.getByText('Updated 40 min ago')).toBeVisible()
  const asked = (await world.requests()).length
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.clock.runFor(2000)
  await expect(page.getByText('Updated')).toBeHidden()
  expect((await world.requests()).length).toBeGreaterThan(asked)
})

test('offline, the calls stay; the notice disappears when online', async ({ page }) => {
  await openPage(page, '/?charts=off')
  await page.context().setOffline(true)
  await expect(page.getByText('You’re offline')).toBeVisible()
  expect(await idOf(page, 0)).toMatch(/^\d+$/)
  await page.context().setOffline(false)
  await expect(page.getByText('You’re offline')).toBeHidden()
})
