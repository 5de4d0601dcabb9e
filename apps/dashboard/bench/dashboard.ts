// How long a user waits with a slow API and with 100,000 calls, and how many requests a hundred users
// cause. In a real browser, with the sandbox; each measured value next to its limit.
import { setTimeout as sleep } from 'node:timers/promises'
import { findChromium } from '../e2e/find-chromium.ts'
import { chromium, type Browser, type Page } from '@playwright/test'
import buildPage from '../e2e/build-page.ts'
import { countCalls, openPage, rowOf, tableOf } from '../e2e/parts.ts'
import { agentId, now, startWorld, type World } from '../e2e/start-world.ts'
import { pageHeader } from '../src/shared/dashboard-api.ts'

const calls = 100_000
const dayMs = 86_400_000
const users = 100
const pollMs = 300
const rounds = 7
const scrolledFrames = 300
const filters = [
  'outcome=failure',
  'outcome=failure|not_evaluated',
  'outcome=!failure',
  'reviewed=no',
  'hour=09|10|11',
  'hour=!03&tz=Europe/Berlin',
  'min=60',
  'min=30&max=300',
  'q=customer',
  'metric=310:2..4',
  'metric=310:0..',
  'outcome=!failure&q=e&min=10&sort=duration',
]
let isExceeded = false

function report(what: string, value: number, unit: string, limit?: number): void {
  const comparison = limit === undefined ? '' : `  limit ${limit} ${unit}`
  if (limit !== undefined && value > limit) isExceeded = true
  console.log(`${value.toFixed(0).padStart(9)} ${unit}  ${what}${comparison}`)
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/** Time from an action until the table has settled on a number of calls or a first row other than before. */
async function timeChange(page: Page, act: () => Promise<void>): Promise<number> {
  const settled = page.evaluate((label) => {
    const find = () => document.querySelector(`[role=table][aria-label="${label}"]`)
    const read = (): string => {
      const count = document.querySelector('.table-tools p')?.textContent
      const link = find()?.querySelector('[aria-rowindex="2"] a')
      return `${count} ${link?.getAttribute('href')?.split('call=')[1]}`
    }
    const before = read()
    let start = Infinity
    for (const name of ['click', 'popstate'])
      addEventListener(name, () => (start = performance.now()), { capture: true, once: true })
    return new Promise<number>((resolve) => {
      const look = (): void => {
        if (read() !== before && find()?.getAttribute('aria-busy') === 'false')
          resolve(performance.now() - start)
        else requestAnimationFrame(look)
      }
      look()
    })
  }, 'Calls')
  await act()
  return settled
}

/** Changes the URL within the page, as the history of the browser does. */
const show = (page: Page, query: string): Promise<void> =>
  page.evaluate((search) => {
    history.pushState(null, '', search)
    dispatchEvent(new PopStateEvent('popstate'))
  }, `/?range=30d&${query}`)

/** Scrolls like a mouse wheel and counts the frames with a blank row in sight. */
async function scroll(page: Page, pixelsPerFrame: number, frames: number) {
  return tableOf(page).evaluate(
    (table, [pixels, count]) =>
      new Promise<{ blank: number; slow: number }>((resolve) => {
        let [frame, blank, slow, last] = [0, 0, 0, performance.now()]
        const step = (time: number): void => {
          if (time - last > 50) slow += 1
          last = time
          const box = table.getBoundingClientRect()
          // Below the header, in the middle, above the lower edge.
          const isBlank = [60, box.height / 2, box.height - 20].some(
            (y) =>
              !document
                .elementFromPoint(box.left + 60, Math.min(innerHeight - 2, box.top + y))
                ?.closest('.row')
                ?.querySelector('a'),
          )
          if (isBlank) blank += 1
          table.scrollTop += pixels
          frame += 1
          if (frame < count) requestAnimationFrame(step)
          else resolve({ blank, slow })
        }
        requestAnimationFrame(step)
      }),
    [pixelsPerFrame, frames] as const,
  )
}

async function measureTable(page: Page): Promise<void> {
  const heading = (name: string) =>
    tableOf(page).getByRole('columnheader').getByRole('button', { name })
  const sorts: number[] = []
  for (let round = 0; round < rounds; round += 1)
    for (const name of ['Duration', 'Topic', 'Outcome'])
      sorts.push(await timeChange(page, () => heading(name).first().click()))
  report(`sort, median of ${sorts.length}`, median(sorts), 'ms', 500)
  report('sort, slowest', Math.max(...sorts), 'ms', 500)
  // Each is new to the server.
  for (const query of filters)
    report(`filter ${query}`, await timeChange(page, () => show(page, query)), 'ms', 500)
  await tableOf(page).scrollIntoViewIfNeeded()
  // The last is faster than any user and shows that blank rows are found.
  for (const [pixels, limit] of [
    [20, 0],
    [60, 0],
    [20_000, undefined],
  ] as const) {
    const { blank, slow } = await scroll(page, pixels, scrolledFrames)
    const what = `of ${scrolledFrames} frames, each scrolled by ${pixels} px`
    report(`${what}, with a blank row in sight`, blank, 'frames', limit)
    report(`${what}, over 50 ms`, slow, 'frames')
  }
}

async function get<Body>({ url }: World, path: string, query: URLSearchParams): Promise<Body> {
  const response = await fetch(`${url}${path}?${query}`, { headers: pageHeader })
  return (await response.json()) as Body
}

async function measureUsers(world: World): Promise<void> {
  const asked = (await world.requests()).length
  const span = { from: new Date(now - 7 * dayMs).toISOString(), to: new Date(now).toISOString() }
  const query = new URLSearchParams({ agent_id: String(agentId), ...span })
  const started = performance.now()
  const answers = await Promise.all(
    Array.from({ length: users }, async () => {
      while ((await get<{ state: string }>(world, '/api/range', query)).state === 'loading')
        await sleep(pollMs)
      return (await get<{ rangeCalls: number }>(world, '/api/summary', query)).rangeCalls
    }),
  )
  const ms = performance.now() - started
  const pages = Math.ceil(answers[0]! / 100)
  const cost = (await world.requests()).length - asked
  report(`${users} users of one range of ${answers[0]} calls`, ms, 'ms')
  report(
    `requests to the API for them, which has ${pages} pages of 100 calls`,
    cost,
    'requests',
    pages * 1.5,
  )
  if (new Set(answers).size !== 1) throw new Error('Users of one range got different responses')
}

/** An API that takes 250 ms per page, with 9,000 calls now and as many before. */
async function measureSlow(browser: Browser): Promise<void> {
  await using world = await startWorld({
    mock: { rows: 18_000, startMs: now - 60 * dayMs, endMs: now, latencyMs: 250 },
  })
  const page = await browser.newPage({ baseURL: world.url, viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(60_000)
  // The start of the browser is not part of the page.
  await page.goto('/?agent=1')
  await page.getByRole('heading', { name: /^Agent 1 |^No calls/ }).waitFor()
  const started = performance.now()
  const elapsed = (): number => performance.now() - started
  await page.goto('/?range=30d')
  await rowOf(page, 0).getByRole('link').waitFor()
  report('slow API: newest rows', elapsed(), 'ms', 1500)
  await page.locator('.so-far').first().waitFor()
  await page.locator('.so-far').waitFor({ state: 'detached' })
  report(`slow API: all ${await countCalls(page)} calls`, elapsed(), 'ms', 8000)
  await page
    .getByRole('region', { name: 'Summary' })
    .getByText(/vs [\d,]+ \(/)
    .waitFor()
  report('slow API: comparison with the previous period', elapsed(), 'ms', 16_000)
  await page.close()
}

await buildPage()
const browser = await chromium.launch({ executablePath: await findChromium() })
await measureSlow(browser)
{
  await using world = await startWorld({
    mock: { rows: calls, startMs: now - 29 * dayMs, endMs: now },
    server: { maxRows: calls },
  })
  await measureUsers(world)
  const page = await browser.newPage({ baseURL: world.url, viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(60_000)
  const started = performance.now()
  await page.goto('/?range=30d')
  await rowOf(page, 0).getByRole('link').waitFor()
  report('first rows of them', performance.now() - started, 'ms')
  await page.locator('.so-far').waitFor({ state: 'detached' })
  report(
    `${await countCalls(page)} calls loaded from the API and shown`,
    performance.now() - started,
    'ms',
  )
  const again = performance.now()
  await openPage(page, '/?range=30d')
  report('shown again from the cache', performance.now() - again, 'ms')
  await measureTable(page)
}
await browser.close()
if (isExceeded) {
  console.error('A limit is exceeded')
  process.exitCode = 1
}
