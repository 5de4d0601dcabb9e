import type { Locator, Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { cellOf, countCalls, openPage } from './parts.ts'

const dayMs = 86_400_000

async function openRange(page: Page, label: string | RegExp): Promise<Locator> {
  await page.getByRole('button', { name: label }).click()
  const menu = page.getByRole('dialog', { name: 'Time range' })
  await expect(menu).toBeVisible()
  return menu
}

const showButton = (menu: Locator): Locator => menu.getByRole('button', { name: 'Apply' })

test('a named range is one click away, and back undoes it', async ({ page }) => {
  await openPage(page, '/?charts=off')
  const all = await countCalls(page)
  const menu = await openRange(page, 'Last 7 days')
  await expect(menu.getByRole('button', { name: 'Last 7 days' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await menu.getByRole('button', { name: 'Last 24 hours' }).click()
  await expect(menu).toBeHidden()
  await expect(page).toHaveURL(/range=24h/)
  await expect(page.getByRole('button', { name: 'Last 24 hours' })).toBeFocused()
  await expect.poll(() => countCalls(page)).toBeLessThan(all)
  await page.goBack()
  await expect.poll(() => countCalls(page)).toBe(all)
})

test('custom dates show that range with its year, and can be removed', async ({ page }) => {
  await openPage(page, '/?charts=off')
  const all = await countCalls(page)
  const menu = await openRange(page, 'Last 7 days')
  // The fields have the current range.
  await expect(menu.getByLabel('From (UTC)')).toHaveValue('2025-01-24T12:00')
  await menu.getByLabel('From (UTC)').fill('2025-01-10T00:00')
  await menu.getByLabel('To', { exact: true }).fill('2025-01-12T06:30')
  await showButton(menu).click()
  await expect(page).toHaveURL(/from=2025-01-10T00%3A00%3A00.000Z&to=2025-01-12T06%3A30%3A00.000Z/)
  await expect(cellOf(page, 0, 'time')).toContainText(/^1[12] Jan, /)
  await expect(page.getByRole('button', { name: /^10 Jan, 00:00 – 12 Jan, 06:30/ })).toBeVisible()
  const chip = page.getByRole('button', { name: /^Remove Time 10 Jan, 00:00 – 12 Jan, 06:30/ })
  // It is not the current year.
  await expect(chip).toContainText('(2025)')
  await page.reload()
  await expect(cellOf(page, 0, 'time')).toContainText(/^1[12] Jan, /)
  await chip.click()
  await expect.poll(() => countCalls(page)).toBe(all)
  await expect(page).not.toHaveURL(/from=/)
})

test('custom dates are in the time zone of the page', async ({ page }) => {
  await openPage(page, '/?charts=off&tz=local')
  const menu = await openRange(page, 'Last 7 days')
  // The browser is in Tokyo, nine hours ahead.
  await expect(menu.getByLabel('From (Asia/Tokyo)')).toHaveValue('2025-01-24T21:00')
  await menu.getByLabel('From (Asia/Tokyo)').fill('2025-01-10T09:00')
  await menu.getByLabel('To', { exact: true }).fill('2025-01-11T09:00')
  await showButton(menu).click()
  await expect(page).toHaveURL(/from=2025-01-10T00%3A00%3A00.000Z&to=2025-01-11T00%3A00%3A00.000Z/)
})

test('dates that are not a range are explained and cannot be applied', async ({ page, world }) => {
  await openPage(page, '/?charts=off')
  const menu = await openRange(page, 'Last 7 days')
  const [from, to] = [menu.getByLabel('From (UTC)'), menu.getByLabel('To', { exact: true })]
  const asked = (await world.requests()).length
  const address = page.url()
  for (const [start, end, mistake] of [
    ['2025-01-12T00:00', '2025-01-12T00:00', 'The end must be after the start.'],
    ['2025-01-13T00:00', '2025-01-12T00:00', 'The end must be after the start.'],
    ['2024-10-01T00:00', '2025-01-12T00:00', 'A range has up to 92 days.'],
    ['', '2025-01-12T00:00', 'Set both dates.'],
  ] as const) {
    await from.fill(start)
    await to.fill(end)
    await expect(menu.getByRole('status')).toHaveText(mistake)
    await expect(showButton(menu)).toBeDisabled()
    await to.press('Enter')
  }
  expect(page.url()).toBe(address)
  await from.fill('2025-01-11T00:00')
  await expect(showButton(menu)).toBeEnabled()
  expect(await world.requests()).toHaveLength(asked)
})

test('a range longer than the API accepts is loaded in parts', async ({ page, world }) => {
  await openPage(page, '/?charts=off')
  const all = await countCalls(page)
  const menu = await openRange(page, 'Last 7 days')
  await menu.getByLabel('From (UTC)').fill('2024-12-05T00:00')
  await menu.getByLabel('To', { exact: true }).fill('2025-01-31T12:00')
  await showButton(menu).click()
  await expect.poll(() => countCalls(page)).toBeGreaterThan(all * 1.5)
  for (const { query } of await world.requests()) {
    const { timestamp_from: from = '', timestamp_to: to = '' } = query
    if (from && to) expect(Date.parse(to) - Date.parse(from)).toBeLessThanOrEqual(30 * dayMs + 1000)
  }
})

test('days and weeks by name start at midnight of the time zone', async ({ page }) => {
  for (const [range, label, from, to] of [
    ['today', 'Today', '2025-01-31T00:00', '2025-01-31T21:00'],
    ['yesterday', 'Yesterday', '2025-01-30T00:00', '2025-01-31T00:00'],
    ['this-week', 'This week', '2025-01-27T00:00', '2025-01-31T21:00'],
    ['last-week', 'Last week', '2025-01-20T00:00', '2025-01-27T00:00'],
  ] as const) {
    await openPage(page, `/?charts=off&tz=Asia/Tokyo&range=${range}`)
    const menu = await openRange(page, label)
    await expect(menu.getByLabel('From (Asia/Tokyo)')).toHaveValue(from)
    await expect(menu.getByLabel('To', { exact: true })).toHaveValue(to)
  }
})
