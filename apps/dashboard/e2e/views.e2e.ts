import { expect, test } from './journey.ts'
import { cellOf, countCalls, openPage, tableOf } from './parts.ts'

test('a view is saved, found after a reload, shown with all it says, and deleted', async ({
  page,
}) => {
  await openPage(page, '/?charts=off&status=failure&sort=-duration&density=compact')
  const count = await countCalls(page)
  const menu = page.getByRole('button', { name: 'Views', exact: true })
  await menu.click()
  await page.getByLabel('Save what is shown as').fill('Long failures')
  await page.keyboard.press('Enter')
  await openPage(page, '/?q=order')
  await menu.click()
  await page.getByRole('button', { name: 'Long failures', exact: true }).click()
  await expect(page).toHaveURL(/\?status=failure&sort=-duration&density=compact&charts=off$/)
  await expect.poll(() => countCalls(page)).toBe(count)
  await expect(page.getByRole('searchbox')).toHaveValue('')
  await menu.click()
  await page.getByRole('button', { name: 'Delete the view Long failures' }).click()
  await expect(page.getByText('No saved views yet')).toBeVisible()
})

test('what a browser keeps wrongly is left aside', async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem(
      'cekura-kit.views',
      '[{"name":1},{"name":"a","search":"status=x&evil=1"},7',
    )
    localStorage.setItem('cekura-kit.theme', '"><script>')
  })
  await openPage(page, '/?charts=off')
  await page.getByRole('button', { name: 'Views', exact: true }).click()
  await expect(page.getByText('No saved views yet')).toBeVisible()
})

test('an address that cannot be read in full shows what it can, names the rest and is cleaned', async ({
  page,
}) => {
  await openPage(page, '/?charts=off&status=failure&min=soon&sort=weight&cols=a,b&call=x')
  await expect(page.getByText(/could not be read in full/)).toContainText(
    'the duration, the order, the open call, the columns',
  )
  await expect(cellOf(page, 0, 1)).toContainText('Failure')
  await page.getByRole('button', { name: 'Clean the address' }).click()
  await expect(page).toHaveURL(/\?charts=off&status=failure$/)
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

test('columns are chosen, widened by hand and by key, and stand in the address', async ({
  page,
}) => {
  await openPage(page, '/?charts=off')
  const heading = (name: string) => tableOf(page).getByRole('columnheader', { name })
  await page.getByRole('button', { name: 'Display', exact: true }).click()
  const menu = page.getByRole('dialog', { name: 'Display' })
  await menu.getByRole('checkbox', { name: 'Drop-off point' }).check()
  await menu.getByRole('checkbox', { name: 'Topic' }).uncheck()
  await menu.getByText('Compact').click()
  await page.keyboard.press('Escape')
  await expect(heading('Drop-off point')).toBeVisible()
  await expect(heading('Topic')).toBeHidden()
  await expect(page).toHaveURL(/cols=time%2Cstatus%2Cduration%2Creason%2Cdropoff/)
  await expect(page).toHaveURL(/density=compact/)
  const handle = page.getByRole('separator', { name: 'Width of Duration' })
  const width = async (): Promise<number> => (await heading('Duration').boundingBox())!.width
  const before = await width()
  const box = (await handle.boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + 5)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + 60, box.y + 5, { steps: 3 })
  await page.mouse.up()
  await expect.poll(width).toBeGreaterThan(before + 40)
  const dragged = await width()
  await handle.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(width).toBeGreaterThan(dragged + 10)
  await expect(page).toHaveURL(/widths=duration/)
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(/widths/)
})
