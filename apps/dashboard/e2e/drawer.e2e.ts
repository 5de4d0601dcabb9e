import { expect, test } from './journey.ts'
import { cellOf, clickRow, openDrawer, openPage, rowOf, tableOf } from './parts.ts'

test('a row opens its call with every field, at an address of its own', async ({
  page,
  context,
}) => {
  await openPage(page)
  const id = (await cellOf(page, 0, 6).textContent()) ?? ''
  await clickRow(page, 0)
  const drawer = openDrawer(page)
  await expect(drawer.getByRole('heading', { name: `Call ${id}` })).toBeVisible()
  await expect(drawer.getByText('created at')).toBeVisible()
  await expect(drawer.getByRole('rowheader', { name: 'Latency' })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`call=${id}`))
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(openDrawer(other).getByRole('heading', { name: `Call ${id}` })).toBeVisible()
  await drawer.getByRole('button', { name: 'Close' }).click()
  await expect(drawer).toBeHidden()
  await expect(page).not.toHaveURL(/call=/)
})

test('a number is shown when a reader reveals it, and masked again in the next call', async ({
  page,
}) => {
  await openPage(page)
  await clickRow(page, 0)
  const drawer = openDrawer(page)
  await drawer.getByRole('button', { name: /reveal/i }).click()
  await expect(drawer.getByText(/\+1555010\d{4}/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await clickRow(page, 0)
  await expect(drawer.getByText(/^••••\d\d/)).toBeVisible()
  await expect(drawer.getByText(/\+1555010\d{4}/)).toBeHidden()
  await page.keyboard.press('Escape')
})

test('all of it goes by keyboard alone', async ({ page }) => {
  await openPage(page)
  const table = tableOf(page)
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('order')
  await expect(cellOf(page, 0, 3)).toHaveText('order_status')
  // On to the table, through whatever stands between.
  for (let steps = 0; steps < 80; steps++) {
    await page.keyboard.press('Tab')
    if (await table.evaluate((element) => element.contains(document.activeElement))) break
  }
  // A heading of the table first; on to its rows.
  const rowLink = (index: number) => rowOf(page, index).getByRole('link')
  await rowLink(0).focus()
  const ids = [await cellOf(page, 0, 6).textContent(), await cellOf(page, 1, 6).textContent()]
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(openDrawer(page).getByRole('heading', { name: `Call ${ids[1]}` })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(openDrawer(page)).toBeHidden()
  await expect(rowLink(1)).toBeFocused()
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(openDrawer(page).getByRole('heading', { name: `Call ${ids[0]}` })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(rowLink(0)).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.locator('[role=row].active')).toBeInViewport()
})
