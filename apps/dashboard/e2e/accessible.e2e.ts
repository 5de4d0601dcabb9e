import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { clickRow, openDrawer, openPage } from './parts.ts'

const sizes = { narrow: { width: 320, height: 640 }, wide: { width: 1440, height: 900 } }

/** Every rule of the WCAG up to 2.2 AA, and axe's own best practices. */
async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
  )
  expect(found, screen).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow, `${screen}: wider than the window`).toBeLessThanOrEqual(0)
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const [size, viewport] of Object.entries(sizes))
    test(`every screen is accessible, ${colorScheme} and ${size}`, async ({ page, world }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize(viewport)
      await openPage(page)
      await expectAccessible(page, 'calls')
      await clickRow(page, 0)
      await expect(openDrawer(page).getByText('created at')).toBeVisible()
      await expectAccessible(page, 'one call')
      await page.goto('/?q=nothing+has+this+name')
      await expect(page.getByRole('heading', { name: /no calls/i })).toBeVisible()
      await expectAccessible(page, 'nothing found')
      // Another agent: a part of a range that has been read costs no request.
      const fault = { status: 429, retryAfter: 30 }
      await world.control('/faults', [fault, fault, fault])
      await page.goto('/?agent=2143')
      await expect(page.getByRole('alert')).toBeVisible()
      await expectAccessible(page, 'a failure')
    })
