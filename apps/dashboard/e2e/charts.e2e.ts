import { createCallLog } from '@cekura-kit/client/testing'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { cellOf, countCalls, openAtRest, openPage } from './parts.ts'
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

test('a bar of a chart over time shows that time, a drag several of them, and back undoes it', async ({
  page,
  world,
}) => {
  await openAtRest(page, '/?range=30d')
  const all = await countCalls(page)
  const bars = barsOf(page, 'Calls')
  const asked = (await world.requests()).length
  await drag(page, bars.nth(20), bars.nth(29))
  await expect(page).toHaveURL(/from=2025-01-/)
  const [from, to] = ends(page)
  expect((to - from) / (24 * hourMs)).toBe(5)
  await expect.poll(() => countCalls(page)).toBeLessThan(all)
  // A part of a loaded range needs no request, except for its previous period.
  const ranges = (await world.requests()).slice(asked).map(({ query }) => query['timestamp_to']!)
  expect(ranges.filter((end) => Date.parse(end) > from)).toEqual([])
  await drag(page, barsOf(page, 'Success rate').nth(1))
  await expect.poll(() => ends(page)[1] - ends(page)[0]).toBeLessThan(24 * hourMs)
  await page.goBack()
  await expect.poll(() => ends(page)).toEqual([from, to])
  await page.goBack()
  await expect.poll(() => countCalls(page)).toBe(all)
})

test('a chart is operated by keyboard', async ({ page }) => {
  await openPage(page, '/?range=30d')
  const last = barsOf(page, 'Calls').last()
  await last.focus()
  await expect(last).toHaveAccessibleName(/: Success \d+, Failure \d+, Not evaluated \d+, All \d+$/)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/from=/)
  expect((ends(page)[1] - ends(page)[0]) / (24 * hourMs)).toBe(1)
})

test('a bar of scores or labels filters the calls, and a second click removes the filter', async ({
  page,
}) => {
  await openPage(page, '/?range=30d&charts=d311,d312&cols=time,outcome,m311,m312')
  const all = await countCalls(page)
  const bars = chartOf(page, 'CSAT, distribution').getByRole('listitem').getByRole('button')
  const count = await bars.nth(2).locator('.count').textContent()
  await bars.nth(2).click()
  await expect.poll(() => countCalls(page)).toBe(Number(count))
  await expect(bars.nth(2)).toHaveAttribute('aria-pressed', 'true')
  await bars.nth(2).click()
  await expect.poll(() => countCalls(page)).toBe(all)
  await chartOf(page, 'Sentiment')
    .getByRole('button', { name: /^negative/ })
    .click()
  await expect(cellOf(page, 0, 'm312')).toContainText('negative')
  await expect(page).toHaveURL(/metric=312/)
})

test('each chart has its values as a table, which add up to the calls', async ({ page }) => {
  await openPage(page, '/?range=30d&charts=calls,rate,m310,d311,d312')
  const all = await countCalls(page)
  const buttons = page.getByRole('button', { name: / as a table$/ })
  await expect(buttons).toHaveCount(5)
  for (const button of await buttons.all()) await button.click()
  const sum = async (title: string, column: number): Promise<number> => {
    const cells = await chartOf(page, `${title}, values`)
      .locator(`tbody tr > :nth-child(${column})`)
      .allTextContents()
    return cells.reduce((total, text) => total + Number(text.replaceAll(',', '')), 0)
  }
  expect(await sum('Calls', 5)).toBe(all)
  const evaluated = await sum('Success rate', 5)
  expect(evaluated).toBe((await sum('Calls', 2)) + (await sum('Calls', 3)))
  expect(await sum('CSAT, distribution', 2)).toBe(await sum('Sentiment, distribution', 2))
})

test('every metric has its charts, found by name among thirty', async ({ page, world }) => {
  const metrics = Array.from({ length: 30 }, (_, index) => ({
    id: 500 + index,
    name: `Metric ${index}`,
    type: 'numeric',
    score: index + 0.25,
  }))
  await world.control('/insert', [
    createCallLog({ id: 1, agent, timestamp: new Date(now - hourMs).toISOString(), metrics }),
  ])
  await openPage(page, `/?agent=${agent}&cols=time,m529`)
  await expect(cellOf(page, 0, 'm529')).toHaveText('29.25')
  await page.getByRole('button', { name: 'Charts (62)' }).click()
  const menu = page.getByRole('dialog', { name: 'Charts' })
  await menu.getByRole('searchbox').fill('metric 29')
  await menu.getByRole('checkbox', { name: 'Metric 29', exact: true }).check()
  await page.keyboard.press('Escape')
  await expect(chartOf(page, 'Metric 29')).toContainText('Mean')
  await expect(page).toHaveURL(/charts=calls%2Crate%2Cm529/)
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

const summaryOf = (page: Page): Locator => page.getByRole('region', { name: 'Summary' })

test('the summary has the rate of evaluated calls and says when they are too few to compare', async ({
  page,
  world,
}) => {
  await world.control('/insert', [
    known(1, 1, true, '01:00'),
    known(2, 2, true, '02:00'),
    known(3, 3, false, '03:00'),
    known(4, 4, null, '10:00'),
    known(5, 24 * 7 + 1, true, '02:00'),
    known(6, 24 * 7 + 2, false, '02:00'),
  ])
  await openPage(page, `/?agent=${agent}&range=24h`)
  await expect(summaryOf(page)).toContainText('66.7%+16.7 pp')
  // A range under a week is compared with the same hours one week earlier.
  await expect(summaryOf(page)).toContainText(
    'Too few evaluated calls to compare with 23 Jan, 12:00 – 24 Jan, 12:00 (2025): 3 now, 2 before, 30 needed.',
  )
  await expect(summaryOf(page).getByRole('listitem')).toHaveText([
    'Calls4vs 2 (+100.0%)',
    'Median duration2:30vs 2:00',
    'P90 duration7:54vs 2:00',
    'Reviewed25.0%1 call',
  ])
  await summaryOf(page).getByRole('button', { name: '1 not evaluated (excluded)' }).click()
  await expect.poll(() => countCalls(page)).toBe(1)
  await expect(cellOf(page, 0, 'outcome')).toContainText('Not evaluated')
})

/** Calls at a regular interval, of which every `failing`th fails. */
const regular = (firstId: number, topic: string, daysAgo: number, failing: number) =>
  Array.from({ length: 60 }, (_, index) =>
    createCallLog({
      id: firstId + index,
      agent,
      topic,
      timestamp: new Date(now - daysAgo * 24 * hourMs - (index + 1) * hourMs).toISOString(),
      success: index % failing !== 0,
      duration: '01:00',
    }),
  )

test('the breakdown shows which topic lowered the success rate, and a row filters', async ({
  page,
  world,
}) => {
  await world.control('/insert', [
    ...regular(1000, 'refund', 1, 2),
    ...regular(2000, 'delivery', 1, 10),
    ...regular(3000, 'refund', 8, 10),
    ...regular(4000, 'delivery', 8, 10),
  ])
  await openPage(page, `/?agent=${agent}`)
  await expect(summaryOf(page)).toContainText(
    /Down from 90\.0% \(17 Jan.*\), significant\. Largest contribution: topic refund −20\.0 pp\./,
  )
  const breakdown = page.getByRole('region', { name: 'Breakdown by Topic' })
  await expect(breakdown.getByRole('row').nth(1)).toHaveText(
    /^refund60\s*50\.0%−40\.0 pp−20\.0 pp1:00$/,
  )
  await expect(breakdown.getByRole('row').nth(1).locator('.change')).toHaveClass(/bad/)
  await expect(breakdown.getByRole('row').nth(2).locator('.change')).not.toHaveClass(/bad|good/)
  await breakdown.getByRole('button', { name: 'refund' }).click()
  await expect.poll(() => countCalls(page)).toBe(60)
  await page.getByRole('button', { name: 'Reset filters' }).click()
  await page.getByRole('combobox', { name: /^by/ }).selectOption('hour')
  await expect(page.getByRole('region', { name: 'Breakdown by Hour' })).toContainText('00:00')
})
