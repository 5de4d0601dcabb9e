import { expect, test as base, type Page, type Response } from '@playwright/test'
import { keyCanary, startWorld, type World, type WorldOptions } from './start-world.ts'

interface Fixtures {
  worldOptions: WorldOptions
  /** Console messages that the journey is about; all others fail it. */
  expectedMessages: RegExp[]
  world: World
}

/** Nobody's number and no reviewer's words leave the server unmasked, except where one reveals them. */
const personal = /\+1555010\d{4}|Handled well\.|Asked for the order number|The policy was quoted/

/** Everything that crosses between page and server, judged at the end of each journey. */
async function judgeResponse(response: Response, ownOrigin: string): Promise<string[]> {
  const url = new URL(response.url())
  if (url.origin !== ownOrigin) return [`another origin was asked: ${url.origin}`]
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

/** A page on a world of its own. A journey fails on any error of the console, any violation of the
 * content security policy, and any trace of the key or of a customer number. */
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
    const judged: Promise<void>[] = []
    page.on('pageerror', (error) => problems.push(`uncaught ${error.message}`))
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return
      const text = `${message.text()} (${message.location().url})`
      if (!expectedMessages.some((expected) => expected.test(text))) problems.push(text)
    })
    page.on('response', (response) => {
      judged.push(
        judgeResponse(response, world.url).then(
          (found) => void problems.push(...found),
          // The page went away before the response came; there is nothing to judge.
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
    await Promise.all(judged)
    expect(problems).toEqual([])
  },
})

export { expect }
