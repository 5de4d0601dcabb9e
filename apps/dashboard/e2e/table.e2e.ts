import { expect, test } from './journey.ts'
import { cellOf, countCalls, openAtRest, openPage, rowOf, tableOf } from './parts.ts'

const hourOf = (text: string | null): number => Number(/(\d\d):\d\d/.exec(text ?? '')?.[1])

test('the page opens on the last seven days and shows the number of calls', async ({
  page,
  world,
}) => {
  await openAtRest(page)
  const count = await countCalls(page)
  expect(count).toBeGreaterThan(200)
  await expect(page.getByText(/^[\d,]+ of [\d,]+ calls$/)).toHaveText(
    `${count.toLocaleString('en')} of ${count.toLocaleString('en')} calls`,
  )
  const queries = (await world.requests()).map(({ query }) => query)
  const ends = (name: string): string[] =>
    queries.flatMap((query) => query[name] ?? []).toSorted((a, b) => a.localeCompare(b))
  // The previous period is loaded too. A second more is requested, because whether a range includes its start is not documented.
  expect(ends('timestamp_from')[0]).toBe('2025-01-17T11:59:59.000Z')
  expect(ends('timestamp_to').at(-1)).toBe('2025-01-31T12:00:00.000Z')
})

test('a heading sorts by its column, downwards and then upwards', async ({ page }) => {
  await openPage(page)
  const heading = page.getByRole('columnheader', { name: 'Duration' })
  const seconds = async (index: number): Promise<number> =>
    ((await cellOf(page, index, 'duration').textContent()) ?? '')
      .split(':')
      .reduce((total, part) => total * 60 + Number(part), 0)
  await heading.getByRole('button').click()
  await expect(heading).toHaveAttribute('aria-sort', 'descending')
  await expect.poll(() => seconds(0)).toBeGreaterThan(600)
  expect(await seconds(0)).toBeGreaterThanOrEqual(await seconds(1))
  await heading.getByRole('button').click()
  await expect(heading).toHaveAttribute('aria-sort', 'ascending')
  await expect.poll(() => seconds(0)).toBe(0)
})

test('the last row can be scrolled to, and few rows exist at a time', async ({ page }) => {
  await openPage(page, '/?range=30d')
  const count = await countCalls(page)
  await tableOf(page).evaluate((table) => table.scrollTo({ top: table.scrollHeight }))
  await expect(
    rowOf(page, count - 1)
      .getByRole('cell')
      .nth(1),
  ).toBeVisible()
  expect(await tableOf(page).getByRole('row').count()).toBeLessThan(120)
})

test('times are UTC until another zone is chosen', async ({ page }) => {
  await openPage(page)
  const before = await cellOf(page, 0, 'time').textContent()
  await page.getByLabel('Times in').selectOption('Asia/Tokyo')
  // The browser is in Tokyo, nine hours ahead.
  await expect
    .poll(async () => hourOf(await cellOf(page, 0, 'time').textContent()))
    .toBe((hourOf(before) + 9) % 24)
})
