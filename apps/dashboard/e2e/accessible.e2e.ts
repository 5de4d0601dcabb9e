import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { expect, test } from './journey.ts'
import { scenes, sizes, type Scene, type SizeName } from './scenes.ts'

const groups = 4

/** All that a theme can change. */
const colorRules = ['color-contrast', 'link-in-text-block']

/** Every rule of the WCAG up to 2.2 AA, and axe's own best practices; or those of color alone. */
async function expectAccessible(
  page: Page,
  screen: string,
  { hasRows = false, isColorAlone = false },
): Promise<void> {
  const found = await page.evaluate(
    async ([rows, rules]) => {
      // Only violations: to describe all passes takes seven times as long.
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(
        { exclude: rows ? [] : [['[role=table] > .body']] },
        { resultTypes: ['violations'], ...(rules && { runOnly: rules }) },
      )
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
      )
    },
    [hasRows, isColorAlone ? colorRules : undefined] as const,
  )
  expect(found, screen).toEqual([])
}

/** At every width a page is read at, nothing is cut off at its side. */
async function expectFitting(page: Page, screen: string): Promise<void> {
  for (const width of [320, 768, 1440, 3840]) {
    await page.setViewportSize({ width, height: 900 })
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), {
        message: `${screen} at ${width}: wider than the window`,
      })
      .toBeLessThanOrEqual(0)
  }
}

async function checkScene(
  page: Page,
  { name, sizes: own = ['wide'], hasRows, show }: Scene,
  world: Parameters<Scene['show']>[1],
): Promise<void> {
  const looked: SizeName[] = own.filter((size) => size === 'smallest' || size === 'wide')
  for (const size of looked) {
    await page.setViewportSize(sizes[size])
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await show(page, world)
    await page.evaluate(axe.source)
    await expectAccessible(page, `${name}, ${size} and light`, { hasRows })
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectAccessible(page, `${name}, ${size} and dark`, { hasRows, isColorAlone: true })
  }
  await expectFitting(page, name)
}

test.describe.configure({ timeout: 600_000 })
// Some scenes are what the browser complains of.
test.use({ expectedMessages: [/Failed to load resource/] })

const shared = scenes.filter(({ world }) => !world)
for (let group = 0; group < groups; group += 1) {
  const own = shared.filter((_, index) => index % groups === group)
  test(`in both themes, accessible and fitting: ${own.map(({ name }) => name).join(', ')}`, async ({
    page,
    world,
  }) => {
    for (const scene of own) await checkScene(page, scene, world)
  })
}

for (const scene of scenes.filter(({ world }) => world))
  test.describe(() => {
    test.use({ worldOptions: scene.world! })
    test(`in both themes, accessible and fitting: ${scene.name}`, ({ page, world }) =>
      checkScene(page, scene, world))
  })
