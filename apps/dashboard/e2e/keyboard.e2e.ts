import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { cellOf, countCalls, idOf, openDrawer, openPage, rowOf } from './parts.ts'

// Without a pointer; only keys move the focus.

const rowLink = (page: Page, index: number): Locator => rowOf(page, index).getByRole('link')

/** Presses Tab until a part has the focus. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press(key)
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`80 times ${key} do not lead to ${target.toString()}`)
}

/** Opens a menu of the head by its button, which comes after what has the focus. */
async function openMenu(page: Page, name: string, title: string): Promise<Locator> {
  await tabTo(page, page.getByRole('button', { name, exact: true }))
  await page.keyboard.press('Enter')
  const menu = page.getByRole('dialog', { name: title })
  await expect(menu).toBeVisible()
  return menu
}

async function closeMenu(page: Page, name: string, menu: Locator): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(page.getByRole('button', { name, exact: true })).toBeFocused()
}

test('by keyboard: search, table, open calls', async ({ page }) => {
  await openPage(page)
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('order')
  await expect(cellOf(page, 0, 'topic')).toHaveText('order_status')
  // J moves to the table, except in a field.
  await page.keyboard.type('j')
  await expect(page.getByRole('heading', { name: 'No calls match' })).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect(cellOf(page, 0, 'topic')).toHaveText('order_status')
  await page.keyboard.press('Tab')
  await page.keyboard.press('j')
  await expect(rowLink(page, 0)).toBeFocused()
  const ids = [await idOf(page, 0), await idOf(page, 1)]
  await page.keyboard.press('j')
  await expect(rowLink(page, 1)).toBeFocused()
  await page.keyboard.press('Enter')
  const heading = openDrawer(page).getByRole('heading', { level: 2 })
  await expect(heading).toHaveText(`Call ${ids[1]}`)
  await expect(heading).toBeFocused()
  await page.keyboard.press('k')
  await expect(heading).toHaveText(`Call ${ids[0]}`)
  // The position is loaded later; the focus returns to it.
  await expect(openDrawer(page).getByText(/^1 of [\d,]+ \(J, K\)$/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(openDrawer(page)).toBeHidden()
  await expect(rowLink(page, 0)).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.locator('[role=row].active')).toBeInViewport()
})

test('by keyboard: skip to the calls, filters, columns', async ({ page }) => {
  await openPage(page)
  const all = await countCalls(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Skip to the calls' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(rowLink(page, 0)).toBeFocused()
  const failure = page.getByRole('checkbox', { name: /^Failure [\d,]+$/ })
  await page.reload()
  await expect(rowLink(page, 0)).toBeVisible()
  await tabTo(page, failure)
  await page.keyboard.press('Space')
  await expect.poll(() => countCalls(page)).toBeLessThan(all)
  await expect(failure).toBeFocused()
  await tabTo(page, page.getByRole('button', { name: 'Remove Outcome Failure' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => countCalls(page)).toBe(all)
  // A heading sorts.
  const duration = page.getByRole('columnheader', { name: 'Duration' })
  await page.keyboard.press('j')
  await tabTo(page, duration.getByRole('button'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(duration).toHaveAttribute('aria-sort', 'descending')
})

test('by keyboard: time range, link and display', async ({ page }) => {
  await openPage(page, '/?charts=off')
  const range = await openMenu(page, 'Last 7 days', 'Time range')
  await tabTo(page, range.getByRole('button', { name: 'Last 24 hours' }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/range=24h/)
  await expect(page.getByRole('button', { name: 'Last 24 hours', exact: true })).toBeFocused()
  const share = await openMenu(page, 'Share', 'Share')
  await tabTo(page, share.getByRole('button', { name: 'Copy a link to these calls' }))
  await closeMenu(page, 'Share', share)
  const display = await openMenu(page, 'Display', 'Display')
  await tabTo(page, display.getByRole('checkbox', { name: 'Drop-off point' }))
  await page.keyboard.press('Space')
  await expect(page.getByRole('columnheader', { name: 'Drop-off point' })).toBeVisible()
  await closeMenu(page, 'Display', display)
  await page.keyboard.press('Shift+?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden()
})

test('by keyboard: custom dates', async ({ page }) => {
  await openPage(page, '/?charts=off')
  const range = await openMenu(page, 'Last 7 days', 'Time range')
  await tabTo(page, range.getByLabel('From (UTC)'))
  // Month, day, year, hour, minute, half of the day.
  for (const part of ['01', '10', '2025', '12', '00', 'A']) {
    await page.keyboard.type(part)
    if (part === '2025') await page.keyboard.press('ArrowRight')
  }
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/from=2025-01-10T00%3A00%3A00.000Z&to=2025-01-31T12%3A00/)
  await expect(page.getByRole('button', { name: /^10 Jan, 00:00 – / })).toBeFocused()
})

test('by keyboard: an export with another format and rule', async ({ page }) => {
  await openPage(page, '/?charts=off&outcome=failure')
  const count = await countCalls(page)
  const menu = await openMenu(page, 'Export', 'Export')
  await tabTo(page, menu.getByRole('radio', { name: 'CSV' }))
  await page.keyboard.press('ArrowRight')
  await tabTo(page, menu.getByRole('radio', { name: 'Masked', exact: true }))
  await page.keyboard.press('ArrowRight')
  await expect(menu.getByRole('radio', { name: 'Dropped' })).toBeChecked()
  await tabTo(page, menu.getByRole('button', { name: 'Download NDJSON' }))
  const coming = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const download = await coming
  expect(download.suggestedFilename()).toMatch(/\.ndjson$/)
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n')
  expect(lines).toHaveLength(count)
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({ success: false })
    expect(line).not.toContain('customer_number')
  }
  await closeMenu(page, 'Export', menu)
})

test('by keyboard: reveal and hide personal data in an open call', async ({ page }) => {
  await openPage(page, '/?charts=off')
  const number = /\+1555010\d{4}/
  await page.keyboard.press('Tab')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const drawer = openDrawer(page)
  await tabTo(page, drawer.getByRole('button', { name: 'Reveal personal data' }))
  await page.keyboard.press('Enter')
  await expect(drawer.getByText(number)).toBeVisible()
  await expect(drawer.getByRole('button', { name: 'Hide personal data' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(rowLink(page, 0)).toBeFocused()
  await expect(page.getByText(number)).toHaveCount(0)
})
