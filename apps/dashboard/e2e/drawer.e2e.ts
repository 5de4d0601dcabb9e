import type { Route } from '@playwright/test'
import { expect, test } from './journey.ts'
import { cellOf, clickRow, openDrawer, openPage, rowOf } from './parts.ts'

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

test('personal data is shown when a reader reveals it, and masked again once the call is closed', async ({
  page,
}) => {
  await openPage(page, '/?charts=off&reviewed=yes')
  await clickRow(page, 0)
  const drawer = openDrawer(page)
  await expect(drawer.getByText(/^••••\d\d/)).toBeVisible()
  await drawer.getByRole('button', { name: 'Reveal personal data' }).click()
  await expect(drawer.getByText(/\+1555010\d{4}/)).toBeVisible()
  await expect(drawer.getByText('[masked]', { exact: true })).toHaveCount(0)
  await expect(page.getByText('One call shows personal data')).toBeVisible()
  await page.keyboard.press('j')
  await expect(drawer.getByText(/^••••\d\d/)).toBeVisible()
  await page.keyboard.press('k')
  await expect(drawer.getByText(/^••••\d\d/)).toBeVisible()
  await expect(page.getByText('One call shows personal data')).toBeHidden()
  await page.keyboard.press('Escape')
})

test('J and K that come before the place of a call is known are obeyed when it is', async ({
  page,
}) => {
  await openPage(page, '/?charts=off')
  const ids = [await cellOf(page, 0, 6).textContent(), await cellOf(page, 1, 6).textContent()]
  const held: Route[] = []
  // The first is held, those after it are not.
  await page.route('**/api/place?*', (route) =>
    held.length === 0 ? void held.push(route) : route.continue(),
  )
  await clickRow(page, 1)
  const heading = openDrawer(page).getByRole('heading', { level: 2 })
  await expect(heading).toHaveText(`Call ${ids[1]}`)
  await expect.poll(() => held.length).toBe(1)
  await page.keyboard.press('k')
  await held[0]!.continue()
  await expect(heading).toHaveText(`Call ${ids[0]}`)
  await page.keyboard.press('j')
  await expect(heading).toHaveText(`Call ${ids[1]}`)
})

test('in the table a number is revealed by its row, and all are hidden at once', async ({
  page,
}) => {
  await openPage(page, '/?charts=off')
  for (const index of [0, 1]) {
    await rowOf(page, index).hover()
    await rowOf(page, index)
      .getByRole('button', { name: /^Reveal the customer number/ })
      .click()
    await expect(cellOf(page, index, 5)).toContainText(/\+1555010\d{4}/)
  }
  await expect(page.getByText('2 calls show personal data')).toBeVisible()
  await page.getByRole('button', { name: 'Hide all' }).click()
  await expect(page.getByText(/\+1555010\d{4}/)).toHaveCount(0)
})

test.describe(() => {
  test.use({
    worldOptions: { server: { canReveal: false } },
    expectedMessages: [/Failed to load resource.*403/],
  })

  test('where revealing is forbidden nobody is offered it, and the server refuses it', async ({
    page,
  }) => {
    await openPage(page, '/?charts=off')
    await rowOf(page, 0).hover()
    await expect(page.getByRole('button', { name: /^Reveal/ })).toHaveCount(0)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(page.getByRole('radio', { name: 'Kept' })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await clickRow(page, 0)
    await expect(openDrawer(page).getByText('Personal data stays masked here.')).toBeVisible()
    const statuses = await page.evaluate(async () => {
      const range = 'from=2025-01-30T00:00:00Z&to=2025-01-31T00:00:00Z'
      const paths = [
        '/api/reveal?agent_id=2142&id=1',
        `/api/export?agent_id=2142&${range}&format=csv&pii=keep`,
      ]
      const answers = await Promise.all(paths.map((path) => fetch(path)))
      return Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`))
    })
    for (const status of statuses) expect(status).toMatch(/^403 .*"code":"masked"/)
  })
})

test.describe(() => {
  test.use({ expectedMessages: [/Failed to load resource.*502/] })

  test('a call that is not there says so, and one that cannot be read can be tried again', async ({
    page,
    world,
  }) => {
    await openPage(page, '/?charts=off&call=123456789')
    await expect(openDrawer(page).getByRole('heading', { name: 'No such call' })).toBeVisible()
    await page.keyboard.press('Escape')
    await world.control('/faults', [{ status: 500 }])
    await clickRow(page, 0)
    const alert = openDrawer(page).getByRole('alert')
    await expect(alert.getByRole('heading')).toHaveText('The service failed')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect(openDrawer(page).getByText('created at')).toBeVisible()
  })
})
