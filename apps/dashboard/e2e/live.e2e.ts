import { createCallLog } from '@cekura-kit/client/testing'
import { expect, test } from './journey.ts'
import { cellOf, countCalls, openAtRest, openPage } from './parts.ts'
import { agentId, now } from './start-world.ts'

const callAt = (id: number, time: number) =>
  createCallLog({ id, agent: agentId, timestamp: new Date(time).toISOString() })

test('newer calls are looked for every ten seconds and wait until they are asked for', async ({
  page,
  world,
}) => {
  await page.clock.install()
  await openAtRest(page, '/?charts=off')
  const all = await countCalls(page)
  const first = await cellOf(page, 0, 0).textContent()
  const asked = (await world.requests()).length
  await page.clock.runFor(5000)
  expect(await world.requests()).toHaveLength(asked)
  await world.control('/insert', [callAt(9_000_001, now + 60_000), callAt(9_000_002, now + 61_000)])
  world.advance(120_000)
  await page.clock.runFor(6000)
  const bar = page.getByRole('button', { name: '2 newer calls – show' })
  await expect(bar).toBeVisible()
  // The end is pinned: nothing has moved under the reader.
  expect(await countCalls(page)).toBe(all)
  await expect(cellOf(page, 0, 0)).toHaveText(first!)
  await bar.click()
  await page.clock.runFor(1000)
  await expect(cellOf(page, 0, 6)).toHaveText('9000002')
  await expect(bar).toBeHidden()
})

test('a page that nobody sees asks for nothing', async ({ page, world }) => {
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

test('calls that were read long ago say so, and are read again', async ({ page, world }) => {
  await page.clock.install({ time: now })
  await openPage(page, '/?charts=off')
  await page.clock.runFor(60_000)
  await page.clock.setFixedTime(now + 40 * 60_000)
  world.advance(40 * 60_000)
  await page.clock.runFor(60_000)
  await expect(page.getByText(/were read 40 minutes ago/)).toBeVisible()
  const asked = (await world.requests()).length
  await page.getByRole('button', { name: 'Read again' }).click()
  await page.clock.runFor(2000)
  await expect(page.getByText(/were read/)).toBeHidden()
  expect((await world.requests()).length).toBeGreaterThan(asked)
})

test('offline, what is shown stays; back online the notice goes', async ({ page }) => {
  await openPage(page, '/?charts=off')
  await page.context().setOffline(true)
  await expect(page.getByText('This machine is offline')).toBeVisible()
  await expect(cellOf(page, 0, 6)).toHaveText(/^\d+$/)
  await page.context().setOffline(false)
  await expect(page.getByText('This machine is offline')).toBeHidden()
})
