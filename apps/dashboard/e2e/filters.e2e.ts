import { expect, test } from './journey.ts'
import { cellOf, countCalls, openPage } from './parts.ts'

test('a facet filters, counts as if it had no choice, and can be reset', async ({ page }) => {
  await openPage(page)
  const all = await countCalls(page)
  const status = page.getByRole('group', { name: 'Status' })
  const failure = status.getByRole('checkbox', { name: /^Failure [\d,]+$/ })
  await failure.check()
  await expect.poll(() => countCalls(page)).toBeLessThan(all)
  await expect(cellOf(page, 0, 1)).toContainText('Failure')
  await expect(page).toHaveURL(/status=failure/)
  const success = status.getByRole('checkbox', { name: /^Success [\d,]+$/ })
  await success.check()
  const both = await countCalls(page)
  await expect(page).toHaveURL(/status=failure%7Csuccess/)
  await expect.poll(() => countCalls(page)).toBeGreaterThan(both - 1)
  await page.getByRole('button', { name: 'Reset filters' }).click()
  await expect.poll(() => countCalls(page)).toBe(all)
  await expect(page).not.toHaveURL(/status=/)
})

test('the search looks at id, call id and topic, and never at the number', async ({ page }) => {
  await openPage(page)
  // The columns of metrics come with the figures and move the ids.
  await expect(cellOf(page, 0, 6)).toHaveText(/^\d+$/)
  const id = (await cellOf(page, 0, 6).textContent()) ?? ''
  const search = page.getByRole('searchbox')
  await search.fill(id)
  await expect.poll(() => countCalls(page)).toBe(1)
  await search.fill('billing')
  await expect(cellOf(page, 0, 3)).toHaveText('billing_question')
  await search.fill('1555010')
  await expect(page.getByRole('heading', { name: /no calls/i })).toBeVisible()
})

test('back, forward, reload and a copied address show the same', async ({ page, context }) => {
  await openPage(page)
  const all = await countCalls(page)
  await page.getByRole('group', { name: 'Status' }).getByRole('checkbox').nth(1).check()
  await expect.poll(() => countCalls(page)).toBeLessThan(all)
  const filtered = await countCalls(page)
  await page.getByRole('columnheader', { name: 'Duration' }).getByRole('button').click()
  await expect(page).toHaveURL(/sort=-duration/)
  const address = page.url()
  await page.goBack()
  await expect(page).not.toHaveURL(/sort=/)
  await expect.poll(() => countCalls(page)).toBe(filtered)
  await page.goBack()
  await expect.poll(() => countCalls(page)).toBe(all)
  await page.goForward()
  await page.goForward()
  await expect(page).toHaveURL(address)
  await expect.poll(() => countCalls(page)).toBe(filtered)
  const first = await cellOf(page, 0, 6).textContent()
  await page.reload()
  await expect(cellOf(page, 0, 6)).toHaveText(first!)
  const other = await context.newPage()
  await other.goto(address)
  await expect(cellOf(other, 0, 6)).toHaveText(first!)
  await expect(other.getByRole('columnheader', { name: 'Duration' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
})

test('a cell offers to show only its value', async ({ page }) => {
  await openPage(page, '/?charts=off')
  const all = await countCalls(page)
  const topic = (await cellOf(page, 0, 3).textContent()) ?? ''
  await cellOf(page, 0, 3).hover()
  await cellOf(page, 0, 3)
    .getByRole('button', { name: `Show only topic ${topic}` })
    .click()
  await expect(page).toHaveURL(new RegExp(`topic=${topic}`))
  await expect.poll(() => countCalls(page)).toBeLessThan(all)
  await expect(page.getByRole('dialog', { name: /^Call/ })).toBeHidden()
})
