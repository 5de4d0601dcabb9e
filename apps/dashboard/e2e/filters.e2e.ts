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

const secondsOf = (text: string | null): number =>
  (text ?? '').split(':').reduce((total, part) => total * 60 + Number(part), 0)

test('the fields of duration read minutes or seconds, and keep the focus', async ({ page }) => {
  await openPage(page, '/?charts=off&sort=duration')
  const all = await countCalls(page)
  const fields = page.getByRole('group', { name: 'Duration' })
  const [low, high] = [fields.getByLabel('At least'), fields.getByLabel('At most')]
  await low.fill('1:30')
  await low.press('Enter')
  await expect(page).toHaveURL(/min=90/)
  await expect(low).toBeFocused()
  await expect.poll(() => countCalls(page)).toBeLessThan(all)
  const longer = await countCalls(page)
  expect(secondsOf(await cellOf(page, 0, 2).textContent())).toBeGreaterThanOrEqual(90)
  await low.press('Tab')
  await expect(high).toBeFocused()
  await page.keyboard.type('120')
  await page.keyboard.press('Tab')
  await expect(page).toHaveURL(/min=90&max=120/)
  await expect(high).toHaveValue('2:00')
  await expect.poll(() => countCalls(page)).toBeLessThan(longer)
  await page.getByRole('columnheader', { name: 'Duration' }).getByRole('button').click()
  await expect(page).toHaveURL(/sort=-duration/)
  await expect
    .poll(async () => secondsOf(await cellOf(page, 0, 2).textContent()))
    .toBeGreaterThan(110)
  expect(secondsOf(await cellOf(page, 0, 2).textContent())).toBeLessThanOrEqual(120)
  await page.getByRole('button', { name: 'Remove Duration 1:30 to 2:00' }).click()
  await expect(low).toHaveValue('')
  await expect.poll(() => countCalls(page)).toBe(all)
})

test('what a field of duration cannot read is said, and changes nothing', async ({ page }) => {
  await openPage(page, '/?charts=off&min=60')
  const longer = await countCalls(page)
  const fields = page.getByRole('group', { name: 'Duration' })
  const [low, high] = [fields.getByLabel('At least'), fields.getByLabel('At most')]
  await expect(low).toHaveValue('1:00')
  for (const [text, mistake] of [
    ['soon', 'Write 1:30 or 90.'],
    ['0:30', 'The longest is shorter.'],
  ] as const) {
    await high.fill(text)
    await high.press('Enter')
    await expect(fields.getByRole('status')).toHaveText(mistake)
    await expect(high).toHaveValue(text)
    await expect(page).toHaveURL(/\?charts=off&min=60$/)
  }
  await high.fill('')
  await high.press('Enter')
  await expect(fields.getByRole('status')).toBeHidden()
  expect(await countCalls(page)).toBe(longer)
})

test('the fields of a score narrow the calls to it, and what they cannot read is said', async ({
  page,
}) => {
  await openPage(page, '/?charts=off&cols=time,m310&sort=metric:310')
  const all = await countCalls(page)
  const fields = page.getByRole('group', { name: 'Latency' })
  const [low, high] = [fields.getByLabel('Latency at least'), fields.getByLabel('Latency at most')]
  await low.fill('1.25')
  await low.press('Tab')
  await expect(page).toHaveURL(/metric=310%3A1.25../)
  await expect(high).toBeFocused()
  await expect.poll(() => countCalls(page)).toBeLessThan(all)
  await expect.poll(async () => Number(await cellOf(page, 0, 1).textContent())).toBeCloseTo(1.25, 0)
  expect(Number(await cellOf(page, 0, 1).textContent())).toBeGreaterThanOrEqual(1.25)
  const higher = await countCalls(page)
  await low.fill('much')
  await low.press('Enter')
  await expect(fields.getByRole('status')).toHaveText('Write a number, as 2.5.')
  await expect(page).toHaveURL(/metric=310%3A1.25..(&|$)/)
  await low.fill('1.25')
  await high.fill('1')
  await expect(fields.getByRole('status')).toHaveText('The highest is lower.')
  await high.press('Enter')
  await expect(page).toHaveURL(/metric=310%3A1.25..(&|$)/)
  await high.fill('1.5')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/metric=310%3A1.25..1.5/)
  await expect.poll(() => countCalls(page)).toBeLessThan(higher)
  await page.getByRole('button', { name: 'Remove Latency 1.25 to 1.5' }).click()
  await expect(low).toHaveValue('')
  await expect.poll(() => countCalls(page)).toBe(all)
})
