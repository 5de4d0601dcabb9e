import { expect, test } from './journey.ts'
import { countCalls, idOf, openPage, rowOf, tableOf } from './parts.ts'

const failures = [
  { status: 401, title: /API key rejected/, fix: /CEKURA_API_KEY/ },
  { status: 403, title: /no access to this agent/, fix: /agent ID/ },
  { status: 500, title: /returned an error \(500\)/, fix: /Try again/ },
] as const

for (const { status, title, fix } of failures)
  test(`${status} of the API is explained with a fix and can be tried again`, async ({
    page,
    world,
  }) => {
    await world.control('/faults', [{ status, times: 20 }])
    await page.goto('/')
    const alert = page.getByRole('alert')
    await expect(alert.getByRole('heading')).toHaveText(title)
    await expect(alert).toContainText(fix)
    await expect(tableOf(page)).toBeHidden()
    await world.control('/faults', [])
    world.advance(5000)
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect(rowOf(page, 0)).toBeVisible()
    await expect(alert).toBeHidden()
  })

test('429 counts down before it can be tried again', async ({ page, world }) => {
  await page.clock.install()
  await world.control('/faults', [{ status: 429, retryAfter: 90, times: 20 }])
  await page.goto('/')
  const button = page.getByRole('alert').getByRole('button')
  await expect(button).toHaveText(/^Try again in \d:\d\d$/)
  await expect(button).toBeDisabled()
  const asked = (await world.requests()).length
  for (let second = 0; second < 90; second += 1) await page.clock.runFor(1000)
  await expect(button).toBeEnabled()
  expect(await world.requests()).toHaveLength(asked)
  await world.control('/faults', [])
  world.advance(90_000)
  // The page may retry at the same moment; then the button is gone.
  await button.click({ timeout: 5000 }).catch(() => {})
  await page.clock.runFor(2000)
  await expect(rowOf(page, 0)).toBeVisible()
})

test.describe(() => {
  test.use({ expectedMessages: [/Failed to load resource/] })

  test('a stopped server is distinguished from a failed API', async ({ page, world }) => {
    await openPage(page)
    await world.stopServer()
    await page.getByRole('button', { name: 'Last 7 days' }).click()
    await page.getByRole('button', { name: 'Last 24 hours' }).click()
    await expect(page.getByRole('alert').getByRole('heading')).toHaveText(/server does not respond/)
  })

  test('an unreachable API is named', async ({ page, world }) => {
    await world.stopService()
    await page.goto('/')
    await expect(page.getByRole('alert').getByRole('heading')).toHaveText(/Cannot reach the API/)
  })
})

test.describe(() => {
  test.use({ worldOptions: { server: { maxRows: 150 } } })

  test('a part of a range says of how many calls and since when', async ({ page }) => {
    await openPage(page)
    await expect.poll(() => countCalls(page)).toBeLessThanOrEqual(150)
    await expect(page.getByText(/newest \d+ of \d+/)).toBeVisible()
  })

  test('a part is not compared with the previous period', async ({ page }) => {
    await openPage(page)
    await expect(page.getByRole('region', { name: 'Summary' })).toContainText('Not compared')
  })
})

test.describe(() => {
  test.use({ worldOptions: { mock: { latencyMs: 150 } } })

  test('while calls load, the page shows the newest and the progress', async ({ page }) => {
    await page.goto('/?range=30d')
    const status = page.getByRole('status').filter({ hasText: /^Loading/ })
    await expect(status.getByRole('progressbar')).toBeVisible()
    await expect(status).toContainText(/[1-9]\d* of [\d,]+/)
    await expect(rowOf(page, 0).getByRole('link')).toBeVisible()
    const summary = page.getByRole('region', { name: 'Summary' })
    await expect(summary).toContainText('so far')
    const first = await idOf(page, 0)
    await expect(status).toBeHidden()
    await expect(summary).not.toContainText('so far')
    expect(await idOf(page, 0)).toBe(first)
  })
})

test('a search without results offers to reset the filters', async ({ page }) => {
  await page.goto('/?q=nothing+has+this+name')
  await expect(page.getByRole('heading', { name: /no calls/i })).toBeVisible()
  await page.getByRole('button', { name: 'Reset filters' }).first().click()
  await expect(rowOf(page, 0)).toBeVisible()
})

test.describe(() => {
  test.use({ worldOptions: { server: { agentId: undefined } } })

  test('without an agent the page asks for one', async ({ page }) => {
    await page.goto('/')
    await page.getByLabel('Agent').selectOption('2143')
    await expect(rowOf(page, 0)).toBeVisible()
    await expect(page).toHaveURL(/agent=2143/)
  })
})

test.describe(() => {
  test.use({ expectedMessages: [/Failed to load resource/] })

  for (const status of [401, 403, 429, 500] as const)
    test(`${status} in a later part keeps the loaded calls, says what is missing and can be tried again`, async ({
      page,
      world,
    }) => {
      await world.control('/faults', [{ after: 5, status, times: 60, retryAfter: 1 }])
      await page.goto('/?range=30d')
      const notice = page.getByRole('status').filter({ hasText: 'are missing' })
      await expect(notice).toContainText(/Calls before \d+ Jan, \d\d:\d\d are missing: .+\. .+\./)
      await expect(rowOf(page, 0).getByRole('link')).toBeVisible()
      const part = await countCalls(page)
      await world.control('/faults', [])
      world.advance(5000)
      await notice.getByRole('button', { name: 'Try again' }).click()
      await expect(notice).toBeHidden()
      await expect.poll(() => countCalls(page)).toBeGreaterThan(part)
    })
})

test.describe(() => {
  test.use({ worldOptions: { mock: { assumptions: { count: 'absent' } } } })

  test('calls without a count are all loaded', async ({ page }) => {
    await openPage(page, '/?range=30d')
    await expect.poll(() => countCalls(page)).toBeGreaterThan(1000)
    await expect(page.getByRole('region', { name: 'Summary' })).not.toContainText('so far')
  })
})

test('an agent that the key does not have is named', async ({ page }) => {
  await page.goto('/?agent=999')
  await expect(page.getByRole('heading', { name: 'Agent 999 is not available' })).toBeVisible()
  await page.getByLabel('Agent', { exact: true }).selectOption('2142')
  await expect(rowOf(page, 0)).toBeVisible()
})

test('a metric that no call has leaves the rest of the page', async ({ page }) => {
  await openPage(
    page,
    '/?charts=calls,m999,d999&cols=time,m999,topic&sort=metric:999&by=metric:999',
  )
  await expect(page.getByRole('button', { name: /as a table$/ })).toHaveCount(1)
  await expect(page.getByRole('region', { name: 'Breakdown by metric:999' })).toContainText(
    '(none)',
  )
})

test('agents that cannot be listed are explained, and an ID can be entered', async ({
  page,
  world,
}) => {
  const note = page.getByText('Agents cannot be listed. Enter an ID.')
  // The fault is for the first request to the API, so that of the calls waits.
  await page.route('**/api/range*', async (route) => {
    await expect(note).toBeVisible()
    await route.continue()
  })
  await world.control('/faults', [{ status: 403 }])
  await page.goto('/?charts=off')
  await expect(rowOf(page, 0)).toBeVisible()
  await expect(note).toBeVisible()
  await expect(page.getByLabel('Agent ID')).toBeVisible()
})
