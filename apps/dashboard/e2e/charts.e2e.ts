import { createCallLog } from '@cekura-kit/client/testing'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { cellOf, countCalls, openAtRest, openPage, rowOf } from './parts.ts'
import { now } from './start-world.ts'

const chartOf = (page: Page, title: string): Locator => page.getByRole('region', { name: title })
const barsOf = (page: Page, title: string): Locator =>
  chartOf(page, title).getByRole('group').getByRole('button')
const hourMs = 3_600_000
const agent = 2900

/** Clicks, or drags from one bar to another, where the bars lie. */
async function drag(page: Page, from: Locator, to = from): Promise<void> {
  const [start, end] = [(await from.boundingBox())!, (await to.boundingBox())!]
  await page.mouse.move(start.x + start.width / 2, start.y + 20)
  await page.mouse.down()
  await page.mouse.move(end.x + end.width / 2, end.y + 20, { steps: 4 })
  await page.mouse.up()
}

const ends = (page: Page): [number, number] => {
  const { searchParams } = new URL(page.url())
  return [Date.parse(searchParams.get('from')!), Date.parse(searchParams.get('to')!)]
}

test('a bar of a chart over time shows that time, a drag a span of it, and back undoes it', async ({
  page,
  world,
}) => {
  await openAtRest(page)
  const all = await countCalls(page)
  const bars = barsOf(page, 'Calls over time')
  const asked = (await world.requests()).length
  await drag(page, bars.nth(10), bars.nth(14))
  await expect(page).toHaveURL(/from=2025-01-1/)
  const [from, to] = ends(page)
  expect((to - from) / (24 * hourMs)).toBe(5)
  await expect.poll(() => countCalls(page)).toBeLessThan(all)
  // What is a part of what is known costs no request, but for the span before.
  const ranges = (await world.requests()).slice(asked).map(({ query }) => query['timestamp_to']!)
  expect(ranges.filter((end) => Date.parse(end) > from)).toEqual([])
  await drag(page, barsOf(page, 'Success rate').nth(3))
  await expect.poll(() => ends(page)[1] - ends(page)[0]).toBeLessThan(24 * hourMs)
  await page.goBack()
  await expect.poll(() => ends(page)).toEqual([from, to])
  await page.goBack()
  await expect.poll(() => countCalls(page)).toBe(all)
})

test('by keyboard a chart is walked, spanned and chosen from', async ({ page }) => {
  await openPage(page)
  const last = barsOf(page, 'Calls over time').last()
  await last.focus()
  await expect(last).toHaveAccessibleName(/\d+ calls: \d+ success, \d+ failure, \d+ not judged/)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/from=/)
  expect((ends(page)[1] - ends(page)[0]) / (24 * hourMs)).toBe(2)
})

test('a bar of scores or labels narrows the calls to it, and lets go again', async ({ page }) => {
  await openPage(page, '/?cols=time,status,m311,m312')
  const all = await countCalls(page)
  const bars = barsOf(page, 'CSAT')
  const [, count] = /: ([\d,]+) calls?$/.exec((await bars.nth(2).getAttribute('aria-label'))!)!
  await drag(page, bars.nth(2))
  await expect.poll(() => countCalls(page)).toBe(Number(count))
  await expect(bars.nth(2)).toHaveAttribute('aria-pressed', 'true')
  await drag(page, bars.nth(2))
  await expect.poll(() => countCalls(page)).toBe(all)
  await drag(page, bars.nth(4), bars.nth(6))
  await expect.poll(() => countCalls(page)).toBeLessThan(all)
  await page.getByRole('button', { name: 'Clear all' }).click()
  await chartOf(page, 'Sentiment')
    .getByRole('button', { name: /^negative/ })
    .click()
  await expect(cellOf(page, 0, 3)).toContainText('negative')
  await expect(page).toHaveURL(/metric=312/)
})

test('ended reasons are sorted bars; after the eighth they are gathered, and can be seen', async ({
  page,
  world,
}) => {
  const calls = Array.from({ length: 66 }, (_, n) =>
    createCallLog({
      id: 5000 + n,
      agent,
      timestamp: new Date(now - (n + 1) * 60_000).toISOString(),
      // Reason 1 once, reason 2 twice, and so on.
      call_ended_reason: `reason ${Math.ceil((Math.sqrt(8 * (n + 1) + 1) - 1) / 2)}`,
    }),
  )
  await world.control('/insert', calls)
  await openPage(page, `/?agent=${agent}`)
  const chart = chartOf(page, 'Ended reasons')
  const bars = chart.getByRole('listitem').getByRole('button')
  await expect(bars).toHaveCount(8)
  await expect(bars.first()).toContainText(/reason 11\s*11/)
  await expect(bars.last()).toContainText(/reason 4\s*4/)
  await chart.getByRole('button', { name: 'Other: 6 calls, 3 reasons' }).click()
  await expect(bars).toHaveCount(11)
  await bars.last().click()
  await expect.poll(() => countCalls(page)).toBe(1)
  await expect(bars.last()).toHaveAttribute('aria-pressed', 'true')
})

test('each chart has its figures as a table, which add up to the calls', async ({ page }) => {
  await openPage(page)
  const all = await countCalls(page)
  const buttons = page.getByRole('button', { name: / as a table$/ })
  const titles = (await buttons.all()).length
  expect(titles).toBe(6)
  for (const button of await buttons.all()) await button.click()
  const sum = async (title: string, column: number): Promise<number> => {
    const cells = await chartOf(page, `${title}, figures`)
      .locator(`tbody tr > :nth-child(${column})`)
      .allTextContents()
    return cells.reduce((total, text) => total + Number(text.replaceAll(',', '')), 0)
  }
  expect(await sum('Calls over time', 5)).toBe(all)
  expect(await sum('Ended reasons', 2)).toBe(all)
  const judged = await sum('Success rate', 3)
  expect(judged).toBe((await sum('Calls over time', 2)) + (await sum('Calls over time', 3)))
  expect(await sum('CSAT', 3)).toBe(await sum('Sentiment', 2))
})

const known = (id: number, hoursAgo: number, success: boolean | null, duration: string) =>
  createCallLog({
    id,
    agent,
    timestamp: new Date(now - hoursAgo * hourMs).toISOString(),
    success,
    duration,
    is_reviewed: id === 1,
  })

test('key figures leave out what is not judged, say so, and compare with the span before', async ({
  page,
  world,
}) => {
  await world.control('/insert', [
    known(1, 1, true, '01:00'),
    known(2, 2, true, '02:00'),
    known(3, 3, false, '03:00'),
    known(4, 4, null, '10:00'),
    known(5, 30, true, '02:00'),
    known(6, 40, false, '02:00'),
  ])
  await openPage(page, `/?agent=${agent}&range=24h`)
  const cards = page.getByRole('list', { name: 'Key figures' }).getByRole('listitem')
  await expect(cards).toHaveText([
    /^Calls4\+100\.0% on the span before2 before$/,
    /^Success rate66\.7%\+16\.7 pp on the span before1 not judged, left out$/,
    /^Median duration2:30 min\+25\.0% on the span before2:00 before$/,
    /^P90 duration7:54 min\+295\.0% on the span before2:00 before$/,
    /^Reviewed25\.0%\+25\.0 pp on the span before1 call/,
  ])
  await expect(rowOf(page, 3)).toBeVisible()
})
