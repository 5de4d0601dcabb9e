import { expect, test } from './journey.ts'
import { countCalls, openPage, rowOf, tableOf } from './parts.ts'

const failures = [
  { status: 401, title: /API key/, fix: /CEKURA_API_KEY/ },
  { status: 403, title: /may not read this agent/, fix: /agent number/ },
  { status: 500, title: /service failed/, fix: /Try again/ },
] as const

for (const { status, title, fix } of failures)
  test(`${status} of the service says what went wrong and what helps, and can be tried again`, async ({
    page,
    world,
  }) => {
    await world.control('/faults', [{ status }])
    await page.goto('/')
    const alert = page.getByRole('alert')
    await expect(alert.getByRole('heading')).toHaveText(title)
    await expect(alert).toContainText(fix)
    await expect(tableOf(page)).toBeHidden()
    world.advance(5000)
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect(rowOf(page, 0)).toBeVisible()
    await expect(alert).toBeHidden()
  })

test('429 counts down, and offers to try again when the time has come', async ({ page, world }) => {
  await page.clock.install()
  await world.control('/faults', [{ status: 429, retryAfter: 90 }])
  await page.goto('/')
  const button = page.getByRole('alert').getByRole('button')
  await expect(button).toHaveText(/^Try again in \d+ s$/)
  await expect(button).toBeDisabled()
  const asked = (await world.requests()).length
  for (let second = 0; second < 90; second += 1) await page.clock.runFor(1000)
  await expect(button).toBeEnabled()
  expect(await world.requests()).toHaveLength(asked)
  world.advance(90_000)
  await button.click()
  await page.clock.runFor(2000)
  await expect(rowOf(page, 0)).toBeVisible()
})

test.describe(() => {
  test.use({ expectedMessages: [/Failed to load resource/] })

  test('a server that is gone is told apart from a service that failed', async ({
    page,
    world,
  }) => {
    await openPage(page)
    await world.stopServer()
    await page.getByRole('button', { name: 'Last 30 days' }).click()
    await page.getByRole('button', { name: 'Last 24 hours' }).click()
    await expect(page.getByRole('alert').getByRole('heading')).toHaveText(/server does not answer/)
  })

  test('a service that cannot be reached is named as such', async ({ page, world }) => {
    await world.stopService()
    await page.goto('/')
    await expect(page.getByRole('alert').getByRole('heading')).toHaveText(/cannot be reached/)
  })
})

test.describe(() => {
  test.use({ worldOptions: { server: { maxRows: 150 } } })

  test('a part says that it is one, of how many, and from when on', async ({ page }) => {
    await openPage(page)
    expect(await countCalls(page)).toBeLessThanOrEqual(150)
    await expect(page.getByText(/newest \d+ of \d+/)).toBeVisible()
  })

  test('a part is not compared with the span before', async ({ page }) => {
    await openPage(page)
    await page.waitForLoadState('networkidle')
    await expect(page.getByRole('list', { name: 'Key figures' })).not.toContainText(/before|[+−±]/)
  })
})

test.describe(() => {
  test.use({ worldOptions: { mock: { latencyMs: 150 } } })

  test('while calls are read the page says how far it is', async ({ page }) => {
    await page.goto('/?range=30d')
    const status = page.getByRole('status').filter({ hasText: /Reading/ })
    await expect(status.getByRole('progressbar')).toBeVisible()
    await expect(status).toContainText(/[1-9]\d* of [\d,]+/)
    await expect(rowOf(page, 0)).toBeVisible()
    await expect(status).toBeHidden()
  })
})

test('a range without calls says so, and what helps', async ({ page }) => {
  await page.goto('/?q=nothing+has+this+name')
  await expect(page.getByRole('heading', { name: /no calls/i })).toBeVisible()
  await page.getByRole('button', { name: 'Reset filters' }).first().click()
  await expect(rowOf(page, 0)).toBeVisible()
})

test.describe(() => {
  test.use({ worldOptions: { server: { agentId: undefined } } })

  test('without an agent the page asks for one', async ({ page }) => {
    await page.goto('/')
    await page.getByLabel('Agent').fill('2143')
    await page.keyboard.press('Enter')
    await expect(rowOf(page, 0)).toBeVisible()
    await expect(page).toHaveURL(/agent=2143/)
  })
})
