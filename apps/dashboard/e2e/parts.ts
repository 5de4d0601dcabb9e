import { expect as plainExpect, type Locator, type Page } from '@playwright/test'

// Pictures and the bench have no configuration of journeys; a busy machine must not fail them.
export const expect = plainExpect.configure({ timeout: 30_000 })

/** The parts of the page, by the names that users and screen readers know. */
export const tableOf = (page: Page): Locator => page.getByRole('table', { name: 'Calls' })

/** The row at a position of the whole table, from 0, also outside of the screen. */
export const rowOf = (page: Page, index: number): Locator =>
  tableOf(page).locator(`[role=row][aria-rowindex="${index + 2}"]`)

/** The cell of a row in a column, by its key. */
export const cellOf = (page: Page, index: number, column: string): Locator =>
  rowOf(page, index).locator(`[role=cell].${column}`)

/** The ID of the call in a row. */
export async function idOf(page: Page, index: number): Promise<string> {
  const link = await rowOf(page, index).getByRole('link').getAttribute('href')
  return /call=(\d+)/.exec(link ?? '')?.[1] ?? ''
}

/** Clicks a row in a cell without buttons. */
export const clickRow = (page: Page, index: number): Promise<void> =>
  cellOf(page, index, 'duration').click()

/** The number of calls of the table. */
export async function countCalls(page: Page): Promise<number> {
  await expect(tableOf(page)).toBeVisible()
  return Number(await tableOf(page).getAttribute('aria-rowcount')) - 1
}

export const openDrawer = (page: Page): Locator => page.getByRole('dialog', { name: /^Call \d+/ })

/** Opens the page and waits until all calls are loaded. */
export async function openPage(page: Page, path = '/'): Promise<void> {
  await page.goto(path)
  // A row that is loading has cells but no link.
  await expect(rowOf(page, 0).getByRole('link')).toBeVisible()
  await expect(page.getByText('so far')).toHaveCount(0)
}

/** Opens the page and waits until it sends no more requests. */
export async function openAtRest(page: Page, path = '/'): Promise<void> {
  await openPage(page, path)
  // The previous period is loaded last.
  await expect(page.getByText(/^vs [\d,]+ \(/)).toBeVisible()
}
