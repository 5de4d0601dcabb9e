import type { Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { openPage, tableOf } from './parts.ts'

test.use({ worldOptions: { mock: { rows: 12_000 } } })

/** Boxes whose text is cut without an ellipsis, or that leave the window. */
const findCut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isScrolled = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll/.test(getComputedStyle(element).overflow) || isScrolled(element.parentElement))
    return [...document.querySelectorAll('main *, header *')].flatMap((element) => {
      if (element.closest('.visually-hidden, .skip, svg, [popover]') || element.children.length > 0)
        return []
      const style = getComputedStyle(element)
      const isCut =
        element.scrollWidth > element.clientWidth + 1 &&
        style.overflow !== 'visible' &&
        style.textOverflow !== 'ellipsis' &&
        element.clientWidth > 0
      const { left, right } = element.getBoundingClientRect()
      const isOutside = (left < -1 || right > innerWidth + 1) && !isScrolled(element.parentElement)
      return isCut || isOutside ? [`${element.outerHTML.slice(0, 120)} ${isCut}`] : []
    })
  })

const countRows = (page: Page): Promise<number> =>
  tableOf(page)
    .locator('.body [role=row]')
    .evaluateAll(
      (rows) =>
        rows.filter((row) => {
          const { top, bottom } = row.getBoundingClientRect()
          const { top: start, bottom: end } = row.closest('.table')!.getBoundingClientRect()
          return top >= start && bottom <= Math.min(end, innerHeight)
        }).length,
    )

for (const [width, height, rows] of [
  [1920, 1080, 16],
  [1440, 900, 12],
  [1024, 768, 8],
] as const)
  test(`at ${width} × ${height} at least ${rows} rows are in sight, and nothing is cut`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await openPage(page, '/?range=30d')
      await expect(page.getByRole('region', { name: 'Breakdown by Topic' })).toContainText(' pp')
      expect(await countRows(page)).toBeGreaterThanOrEqual(rows)
      expect(await findCut(page)).toEqual([])
    }
  })

test('on a phone the list comes before the charts, and nothing is cut', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await openPage(page, '/?range=30d')
    const list = await tableOf(page).boundingBox()
    const breakdown = await page
      .getByRole('region', { name: 'Breakdown', exact: true })
      .boundingBox()
    expect(list!.y).toBeLessThan(844 / 1.5)
    expect(breakdown!.y).toBeGreaterThan(list!.y)
    expect(await findCut(page)).toEqual([])
  }
})

/** The relative luminance of a color. */
function luminanceOf(color: string): number {
  const channels = /rgb\((\d+), (\d+), (\d+)\)/.exec(color)!.slice(1).map(Number)
  const [red, green, blue] = channels.map((channel) => {
    const share = channel / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

test('outcomes differ in lightness in both themes', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await openPage(page)
    const [success, failure, edge, card] = await page.evaluate(() => {
      const styles = ['success', 'failure', 'not_evaluated'].map((outcome) =>
        getComputedStyle(document.querySelector(`rect.${outcome}`)!),
      )
      const card = getComputedStyle(document.querySelector('.chart-card')!)
      return [styles[0]!.fill, styles[1]!.fill, styles[2]!.stroke, card.backgroundColor]
    })
    const contrast = (a: string, b: string): number => {
      const [high, low] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => y - x)
      return (high! + 0.05) / (low! + 0.05)
    }
    expect(contrast(success!, failure!), colorScheme).toBeGreaterThanOrEqual(3)
    expect(contrast(edge!, card!), colorScheme).toBeGreaterThanOrEqual(3)
  }
})

test('the time stays in sight when the table is scrolled to the side', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await openPage(page)
  const time = tableOf(page).getByRole('columnheader', { name: 'Time (UTC)' })
  const before = (await time.boundingBox())!.x
  await tableOf(page).evaluate((table) => table.scrollTo({ left: 500 }))
  expect((await time.boundingBox())!.x).toBe(before)
})
