import type { Route } from '@playwright/test'
import { createCallLog } from '@cekura-kit/client/testing'
import { expect, test } from './journey.ts'
import { agentId, now } from './start-world.ts'
import { clickRow, idOf, openDrawer, openPage } from './parts.ts'

test('a row opens its call, whose URL opens it again', async ({ page, context }) => {
  await openPage(page, '/?outcome=success')
  const id = await idOf(page, 0)
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

test('personal data is shown when revealed and masked again when the call is closed', async ({
  page,
}) => {
  await openPage(page, '/?charts=off&reviewed=yes')
  await clickRow(page, 0)
  const drawer = openDrawer(page)
  await expect(drawer.getByText(/^••••\d\d/)).toBeVisible()
  await drawer.getByRole('button', { name: 'Reveal personal data' }).click()
  await expect(drawer.getByText(/\+1555010\d{4}/)).toBeVisible()
  await expect(drawer.getByText('[masked]', { exact: true })).toHaveCount(0)
  await page.keyboard.press('j')
  await expect(drawer.getByText(/^••••\d\d/)).toBeVisible()
  await page.keyboard.press('k')
  await expect(drawer.getByText(/^••••\d\d/)).toBeVisible()
  await page.keyboard.press('Escape')
})

test('J and K apply as soon as the position of the call is known', async ({ page }) => {
  await openPage(page, '/?charts=off')
  const ids = [await idOf(page, 0), await idOf(page, 1)]
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

test.describe(() => {
  test.use({
    worldOptions: { server: { canReveal: false } },
    expectedMessages: [/Failed to load resource.*403/],
  })

  test('where revealing is forbidden it is not offered, and the server rejects it', async ({
    page,
  }) => {
    await openPage(page, '/?charts=off')
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(page.getByRole('radio', { name: 'Unmasked' })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await clickRow(page, 0)
    await expect(openDrawer(page).getByText('Personal data stays masked here.')).toBeVisible()
    await expect(page.getByRole('button', { name: /^Reveal/ })).toHaveCount(0)
    const statuses = await page.evaluate(async () => {
      const range = 'from=2025-01-30T00:00:00Z&to=2025-01-31T00:00:00Z'
      const paths = [
        '/api/reveal?agent_id=2142&id=1',
        `/api/export?agent_id=2142&${range}&format=csv&pii=keep`,
      ]
      const answers = await Promise.all(
        paths.map((path) => fetch(path, { headers: { 'x-dashboard-page': '1' } })),
      )
      return Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`))
    })
    for (const status of statuses) expect(status).toMatch(/^403 .*"code":"masked"/)
  })
})

test.describe(() => {
  test.use({ expectedMessages: [/Failed to load resource.*502/] })

  test('a missing call is explained, and a failed one can be tried again', async ({
    page,
    world,
  }) => {
    await openPage(page, '/?charts=off&call=123456789')
    await expect(openDrawer(page).getByRole('heading', { name: 'Call not found' })).toBeVisible()
    await page.keyboard.press('Escape')
    await world.control('/faults', [{ status: 500 }])
    await clickRow(page, 0)
    const alert = openDrawer(page).getByRole('alert')
    await expect(alert.getByRole('heading')).toHaveText('The API returned an error (500)')
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect(openDrawer(page).getByText('created at')).toBeVisible()
  })
})

test.describe(() => {
  test.use({
    worldOptions: { server: { callUrl: 'https://app.example.com/calls/{id}?ref={call_id}' } },
  })

  test('the answer and the metrics come first, and a link leads to the call in another app', async ({
    page,
  }) => {
    await openPage(page, '/?charts=off&outcome=failure')
    const id = await idOf(page, 0)
    await clickRow(page, 0)
    const drawer = openDrawer(page)
    await expect(drawer.getByRole('heading', { level: 3 })).toHaveText([
      'Metrics',
      'Transcript',
      'Other properties',
    ])
    await expect(drawer.locator('.call-answer')).toContainText(/Outcome\s*Failure/)
    await expect(drawer.locator('.call-answer')).toContainText(/Duration.*Ended reason.*Topic/)
    await expect(drawer.getByRole('link', { name: 'Open in Cekura' })).toHaveAttribute(
      'href',
      new RegExp(`^https://app\\.example\\.com/calls/${id}\\?ref=call_`),
    )
  })
})

test('the transcript has roles and times, and can be searched once it is revealed', async ({
  page,
}) => {
  await openPage(page, '/?charts=off&outcome=success&min=60')
  await clickRow(page, 0)
  const drawer = openDrawer(page)
  await expect(drawer.getByText('The transcript is masked.')).toBeVisible()
  await drawer.getByRole('button', { name: 'Reveal personal data' }).click()
  const entries = drawer.locator('.transcript > li')
  await expect(entries.first()).toContainText(/(Main|Testing) Agent \d+:\d\d/)
  const count = await entries.count()
  expect(count).toBeGreaterThan(1)
  await drawer.getByRole('searchbox').fill('Testing Agent')
  await expect.poll(() => entries.count()).toBeLessThan(count)
  await expect(drawer.getByRole('status')).toHaveText(/^\d+ of \d+ entries$/)
})

test('failed metrics come first, and properties that no schema declares are not shown', async ({
  page,
  world,
}) => {
  const call = createCallLog({
    id: 9_000_001,
    agent: agentId,
    timestamp: new Date(now - 1000).toISOString(),
    success: false,
  })
  const results = [
    { id: 1, name: 'Latency', type: 'numeric', score: 1.5 },
    { id: 2, name: 'Greeting', type: 'binary', score: 5, passed: true },
    { id: 3, name: 'Farewell', type: 'binary', score: 0, passed: false },
  ]
  const more = { evaluation: { metrics: results }, tomorrow: 'undeclared text' }
  await world.control('/insert', [{ ...call, metrics: results, ...more }])
  await openPage(page, '/?charts=off')
  await clickRow(page, 0)
  const drawer = openDrawer(page)
  await expect(drawer.locator('.metrics tbody tr')).toHaveText([
    /^Farewell.*Failed/,
    /^Latency.*1\.5/,
    /^Greeting.*Passed/,
  ])
  await expect(drawer).not.toContainText('undeclared text')
})
