import { expect, test as base, type Page, type Response } from '@playwright/test'
import { keyCanary, startWorld, type World, type WorldOptions } from './start-world.ts'

interface Fixtures {
  worldOptions: WorldOptions
  /** Console messages that the journey expects; others make it fail. */
  expectedMessages: RegExp[]
  world: World
}

/** Numbers and feedback leave the server unmasked only when they are revealed. */
const personal = /\+1555010\d{4}|Handled well\.|Asked for the order number|The policy was quoted/

/** Checks a response of the server and its request. */
async function checkResponse(response: Response, ownOrigin: string): Promise<string[]> {
  const url = new URL(response.url())
  if (url.origin !== ownOrigin) return [`requested another origin: ${url.origin}`]
  const request = response.request()
  const sent = JSON.stringify([response.url(), await request.allHeaders(), request.postData()])
  const headers = JSON.stringify(await response.allHeaders())
  const body = await response.text().catch(() => '')
  const problems: string[] = []
  if ((sent + headers + body).includes(keyCanary)) problems.push(`the key is in ${url.pathname}`)
  if (url.pathname !== '/api/reveal' && personal.test(headers + body))
    problems.push(`personal data is in ${url.pathname}`)
  return problems
}

async function readStorage(page: Page): Promise<string> {
  const state = await page.context().storageState({ indexedDB: true })
  const session = await page.evaluate(() => JSON.stringify({ ...sessionStorage }))
  return JSON.stringify(state) + session
}

/** A page with its own API and server. A journey fails on a console error, a violation of the content
 * security policy, and a trace of the key or of personal data. */
export const test = base.extend<Fixtures>({
  worldOptions: [{}, { option: true }],
  expectedMessages: [[], { option: true }],
  world: async ({ worldOptions }, use) => {
    await using world = await startWorld(worldOptions)
    await use(world)
  },
  baseURL: async ({ world }, use) => use(world.url),
  page: async ({ page, world, expectedMessages }, use) => {
    const problems: string[] = []
    const checked: Promise<void>[] = []
    page.on('pageerror', (error) => problems.push(`uncaught ${error.message}`))
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return
      const text = `${message.text()} (${message.location().url})`
      if (!expectedMessages.some((expected) => expected.test(text))) problems.push(text)
    })
    page.on('response', (response) => {
      checked.push(
        checkResponse(response, world.url).then(
          (found) => void problems.push(...found),
          // The page was closed before the response; there is nothing to check.
          () => undefined,
        ),
      )
    })
    await page.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`),
      ),
    )
    await use(page)
    if (page.url() !== 'about:blank') {
      expect(await readStorage(page)).not.toMatch(personal)
      expect(await readStorage(page)).not.toContain(keyCanary)
      expect(await page.content()).not.toContain(keyCanary)
    }
    await Promise.all(checked)
    expect(problems).toEqual([])
  },
})

export { expect }
