import { expect, test } from './journey.ts'
import { cellOf, countCalls, openPage, tableOf } from './parts.ts'

test('a link that is not valid shows what it can, names the rest and is cleaned', async ({
  page,
}) => {
  await openPage(page, '/?charts=off&outcome=failure&min=soon&sort=weight&cols=a,b&call=x')
  await expect(page.getByText(/Parts of this link were ignored/)).toContainText(
    'duration, sort order, columns, open call',
  )
  await expect(cellOf(page, 0, 'outcome')).toContainText('Failure')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(page).toHaveURL(/\?charts=off&outcome=failure$/)
})

test('the theme is the system’s until one is chosen, which stays', async ({ page }) => {
  const background = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  await openPage(page, '/?charts=off')
  const light = await background()
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(background).not.toBe(light)
  await page.getByRole('button', { name: 'Display', exact: true }).click()
  await page.getByText('Light', { exact: true }).click()
  await expect.poll(background).toBe(light)
  await openPage(page, '/?charts=off')
  expect(await background()).toBe(light)
})

test('columns are chosen, and are part of the URL', async ({ page }) => {
  await openPage(page, '/?charts=off')
  const heading = (name: string) => tableOf(page).getByRole('columnheader', { name })
  await page.getByRole('button', { name: 'Display', exact: true }).click()
  const menu = page.getByRole('dialog', { name: 'Display' })
  await menu.getByRole('checkbox', { name: 'Drop-off point' }).check()
  await menu.getByRole('checkbox', { name: 'Topic' }).uncheck()
  await page.keyboard.press('Escape')
  await expect(heading('Drop-off point')).toBeVisible()
  await expect(heading('Topic')).toBeHidden()
  await expect(page).toHaveURL(/cols=time%2Coutcome%2Cduration%2Creason%2Cdropoff/)
})

test('a link of an older version still shows the same calls', async ({ page }) => {
  await openPage(
    page,
    '/?charts=off&range=30d&status=reviewed_failure&sort=-timestamp&cols=time,status&density=compact&widths=topic:220',
  )
  await expect(page.getByRole('button', { name: 'Remove Outcome Failure' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Remove Review Reviewed' })).toBeVisible()
  await expect(cellOf(page, 0, 'outcome')).toContainText('Failure')
  await expect(page.getByText('Parts of this link')).toBeHidden()
})

test('a range over the maximum names the rule', async ({ page }) => {
  await openPage(
    page,
    '/?charts=off&from=2015-01-01T00:00:00Z&to=2025-01-01T00:00:00Z&outcome=fail',
  )
  await expect(page.getByText('Parts of this link were ignored')).toHaveText(
    /time range \(A range has up to 92 days\.\)/,
  )
  await expect(page.getByText('Parts of this link were ignored')).toContainText('outcome')
})

test.describe(() => {
  test.use({ contextOptions: { permissions: ['clipboard-read', 'clipboard-write'] } })

  test('a copied link has the agent and an absolute range, and names what limits it', async ({
    page,
    context,
  }) => {
    await openPage(page, '/?charts=off&outcome=failure')
    await page.getByRole('button', { name: 'Share', exact: true }).click()
    await page.getByRole('button', { name: 'Copy a link to these calls' }).click()
    await expect(page.getByText('This link only works on this computer.')).toBeVisible()
    const link = new URL(await page.evaluate(() => navigator.clipboard.readText()))
    expect(Object.fromEntries(link.searchParams)).toEqual({
      charts: 'off',
      outcome: 'failure',
      agent: '2142',
      from: '2025-01-24T12:00:00.000Z',
      to: '2025-01-31T12:00:00.000Z',
    })
    const count = await countCalls(page)
    const other = await context.newPage()
    await openPage(other, link.href)
    expect(await countCalls(other)).toBe(count)
  })
})
