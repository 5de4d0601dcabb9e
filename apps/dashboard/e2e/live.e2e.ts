import { createCallLog } from '@cekura-kit/client/testing'
import { expect, test } from './journey.ts'
import { countCalls, idOf, openAtRest, openPage } from './parts.ts'
import { agentId, now } from './start-world.ts'

const dayMs = 86_400_000
const callAt = (id: number, time: number) =>
  createCallLog({ id, agent: agentId, timestamp: new Date(time).toISOString() })

test('the end of a range is fixed until a refresh shows newer calls', async ({ page, world }) => {
  await openAtRest(page, '/?charts=off')
  const all = await countCalls(page)
  await world.control('/insert', [callAt(9_000_001, now + 60_000), callAt(9_000_002, now + 61_000)])
  world.advance(120_000)
  await page.reload()
  await openAtRest(page, '/?charts=off')
  expect(await countCalls(page)).toBe(all)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect.poll(() => idOf(page, 0)).toBe('9000002')
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

test.describe(() => {
  test.use({ worldOptions: { mock: { latencyMs: 200, rows: 18_000 } } })

  test('a comparison stops loading when another range is chosen', async ({ page, world }) => {
    await openPage(page, '/?charts=off&range=30d')
    const before = new Date(now - 30 * dayMs).toISOString()
    const comparing = async (): Promise<number> =>
      (await world.requests()).filter(({ query }) => query['timestamp_to']! <= before).length
    await expect.poll(comparing).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Last 30 days' }).click()
    await page.getByRole('button', { name: 'Last hour' }).click()
    await expect(page.getByText(/^vs [\d,]+ \(|^Not compared/).first()).toBeVisible()
    const sent = await comparing()
    // All of its calls would be about 90 requests.
    expect(sent).toBeLessThan(80)
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeEnabled()
    expect(await comparing()).toBe(sent)
  })
})
