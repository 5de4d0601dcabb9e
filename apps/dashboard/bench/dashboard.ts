// How long a reader waits among 100,000 calls, and what a hundred readers cost the service.
// In a real browser, on the sandbox; each figure beside its limit.
import { findChromium } from '../e2e/find-chromium.ts'
import { chromium, type Page } from '@playwright/test'
import buildPage from '../e2e/build-page.ts'
import { countCalls, openPage, rowOf, tableOf } from '../e2e/parts.ts'
import { agentId, now, startWorld, type World } from '../e2e/start-world.ts'

const calls = 100_000
const dayMs = 86_400_000
const readers = 100
const rounds = 7
const scrolledFrames = 300
let isMissed = false

function report(what: string, value: number, unit: string, limit?: number): void {
  const verdict = limit === undefined ? '' : `  limit ${limit} ${unit}`
  if (limit !== undefined && value > limit) isMissed = true
  console.log(`${value.toFixed(0).padStart(9)} ${unit}  ${what}${verdict}`)
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/** Time from an action until the table has settled on rows other than those it showed. */
async function timeChange(page: Page, act: () => Promise<void>): Promise<number> {
  const first = rowOf(page, 0).getByRole('link')
  const before = await first.getAttribute('href')
  const settled = page.evaluate(
    ([label, old]) =>
      new Promise<number>((resolve) => {
        let start = Infinity
        addEventListener('click', () => (start = performance.now()), { capture: true, once: true })
        const look = (): void => {
          const table = document.querySelector(`[role=table][aria-label="${label}"]`)
          const link = table?.querySelector('[aria-rowindex="2"] a')
          const isNew = link && link.getAttribute('href') !== old
          if (isNew && table?.getAttribute('aria-busy') === 'false')
            resolve(performance.now() - start)
          else requestAnimationFrame(look)
        }
        look()
      }),
    ['Calls', before] as const,
  )
  await act()
  return settled
}

/** Scrolls as a hand on a wheel does, and counts the frames in which a row in sight is blank. */
async function scroll(page: Page, pixelsPerFrame: number, frames: number) {
  return tableOf(page).evaluate(
    (table, [pixels, count]) =>
      new Promise<{ blank: number; slow: number }>((resolve) => {
        let [frame, blank, slow, last] = [0, 0, 0, performance.now()]
        const step = (time: number): void => {
          if (time - last > 50) slow += 1
          last = time
          const box = table.getBoundingClientRect()
          // Where a row must be: just under the header, in the middle, just above the lower edge.
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

async function measureReader(page: Page): Promise<void> {
  const heading = (name: string) =>
    tableOf(page).getByRole('columnheader').getByRole('button', { name })
  const sorts: number[] = []
  const filters: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['Duration', 'Topic', 'Id'])
      sorts.push(await timeChange(page, () => heading(name).first().click()))
    const box = page.getByRole('checkbox', { name: /^Failure [\d,]+$/ })
    filters.push(await timeChange(page, () => box.click()))
    filters.push(await timeChange(page, () => box.click()))
  }
  report(`sort, median of ${sorts.length}`, median(sorts), 'ms', 500)
  report('sort, slowest', Math.max(...sorts), 'ms')
  report(`filter, median of ${filters.length}`, median(filters), 'ms', 500)
  report('filter, slowest', Math.max(...filters), 'ms')
  await tableOf(page).scrollIntoViewIfNeeded()
  // The last is faster than any hand, and shows that blank rows are seen.
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

async function measureReaders(world: World): Promise<void> {
  const asked = (await world.requests()).length
  const span = { from: new Date(now - 7 * dayMs).toISOString(), to: new Date(now).toISOString() }
  const query = new URLSearchParams({ agent_id: String(agentId), ...span })
  const started = performance.now()
  const answers = await Promise.all(
    Array.from({ length: readers }, async () => {
      const answer = await fetch(`${world.url}/api/summary?${query}`)
      return ((await answer.json()) as { windowCalls: number }).windowCalls
    }),
  )
  const ms = performance.now() - started
  const pages = Math.ceil(answers[0]! / 100)
  const cost = (await world.requests()).length - asked
  report(`${readers} readers of one window of ${answers[0]} calls, all answered`, ms, 'ms')
  report(
    `requests to the service for them; its pages of 100 are ${pages}`,
    cost,
    'requests',
    pages * 1.5,
  )
  if (new Set(answers).size !== 1) throw new Error('Readers of one window got different answers')
}

await buildPage()
const browser = await chromium.launch({ executablePath: await findChromium() })
{
  await using world = await startWorld({
    mock: { rows: calls, startMs: now - 29 * dayMs, endMs: now },
    server: { maxRows: calls },
  })
  await measureReaders(world)
  const page = await browser.newPage({ baseURL: world.url, viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(60_000)
  const started = performance.now()
  await page.goto('/')
  await rowOf(page, 0).getByRole('link').waitFor()
  report(
    `${await countCalls(page)} calls read from the service and shown`,
    performance.now() - started,
    'ms',
  )
  const again = performance.now()
  await openPage(page)
  report('shown again from what the server keeps', performance.now() - again, 'ms')
  await measureReader(page)
}
await browser.close()
if (isMissed) {
  console.error('A limit is missed')
  process.exitCode = 1
}
