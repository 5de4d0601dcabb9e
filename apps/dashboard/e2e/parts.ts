import { expect as plainExpect, type Locator, type Page } from '@playwright/test'

// Pictures and the bench have no configuration of journeys; a busy machine must not fail them.
export const expect = plainExpect.configure({ timeout: 30_000 })

/** The page's parts, by the names that readers and screen readers know them by. */
export const tableOf = (page: Page): Locator => page.getByRole('table', { name: 'Calls' })

/** The row at a position of the whole table, from 0, whether or not it is on the screen yet. */
export const rowOf = (page: Page, index: number): Locator =>
  tableOf(page).locator(`[role=row][aria-rowindex="${index + 2}"]`)

/** What a row says in a column. */
export const cellOf = (page: Page, index: number, column: number): Locator =>
  rowOf(page, index).getByRole('cell').nth(column)

/** Clicks a row where it is the row's, and no button's that comes with the pointer. */
export const clickRow = (page: Page, index: number): Promise<void> => cellOf(page, index, 2).click()

/** How many calls the table says it holds. */
export async function countCalls(page: Page): Promise<number> {
  await expect(tableOf(page)).toBeVisible()
  return Number(await tableOf(page).getAttribute('aria-rowcount')) - 1
}

export const openDrawer = (page: Page): Locator => page.getByRole('dialog', { name: /^Call \d+/ })

/** Waits until the page shows calls. */
export async function openPage(page: Page, path = '/'): Promise<void> {
  await page.goto(path)
  // A row that is still read has cells, and no link.
  await expect(rowOf(page, 0).getByRole('link')).toBeVisible()
}

/** Opens the page and waits until it asks for nothing more, but for what a clock makes it ask. */
export async function openAtRest(page: Page, path = '/'): Promise<void> {
  const newer = page.waitForResponse(/\/api\/newer/)
  await openPage(page, path)
  await newer
  // Of the span before, which is read last, page after page.
  await expect(page.getByText(/^[\d,]+ before$/)).toBeVisible()
}
