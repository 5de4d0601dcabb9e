import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { pageHeader } from '../src/shared/dashboard-api.ts'
import { expect, test } from './journey.ts'
import { openPage } from './parts.ts'
import { agentId, startWorld } from './start-world.ts'

const window = `agent_id=${agentId}&from=2025-01-30T00:00:00Z&to=2025-01-31T00:00:00Z`

/** Opens a page of another site that tries everything a page can to request a URL. */
async function openForeignPage(
  page: Page,
  host: string,
  target: string,
): Promise<{ tries: number; statuses: number[] }> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(`
      <link rel=stylesheet href="${target}"><img src="${target}"><iframe src="${target}"></iframe>
      <script src="${target}"></script>
      <script>
        const tries = [{ mode: 'no-cors' }, { mode: 'cors' }, { credentials: 'include' }]
        Promise.allSettled(tries.map((how) => fetch('${target}', how))).then((done) => {
          document.title = 'readable ' + done.filter(({ value }) => value?.ok).length
        })
      </script>`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  let tries = 0
  page.on('request', (request) => {
    if (request.url() === target) tries += 1
  })
  const statuses: number[] = []
  page.on('response', (response) => {
    if (response.url() === target) statuses.push(response.status())
  })
  await page.goto(`http://${host}:${(server.address() as AddressInfo).port}/`)
  await expect(page).toHaveTitle('readable 0')
  server.closeAllConnections()
  server.close()
  return { tries, statuses }
}

// Another port of the same machine is the same site, another name of it is not.
for (const [relation, host] of [
  ['another site', 'localhost'],
  ['the same site', '127.0.0.1'],
] as const)
  test(`a page of ${relation} cannot make the browser request data`, async ({ browser }) => {
    await using world = await startWorld()
    const page = await browser.newPage()
    const target = `${world.url}/api/rows?${window}`
    const { tries, statuses } = await openForeignPage(page, host, target)
    expect(tries).toBe(7)
    // What the browser does not give to the page has no status here.
    expect(new Set(statuses)).toEqual(new Set([403]))
    expect(await world.requests()).toEqual([])
    await page.close()
  })

test('a page of another site cannot frame the dashboard', async ({ browser }) => {
  await using world = await startWorld()
  const page = await browser.newPage()
  await openForeignPage(page, 'localhost', `${world.url}/`)
  await expect(page.frameLocator('iframe').getByRole('heading')).toHaveCount(0)
  expect(await world.requests()).toEqual([])
  await page.close()
})

test('rejects another host name that resolves to this computer', async ({ browser }) => {
  await using world = await startWorld()
  const page = await browser.newPage()
  // Browsers resolve every name under localhost to the machine itself.
  const rebound = world.url.replace('127.0.0.1', 'rebound.localhost')
  for (const path of ['/', `/api/rows?${window}`]) {
    const answer = await page.goto(rebound + path)
    expect(answer?.status(), path).toBe(421)
  }
  expect(await world.requests()).toEqual([])
  await page.close()
})

test('an unknown path returns 400 or 404', async ({ world }) => {
  const { hostname, port } = new URL(world.url)
  // Most clients would normalize the paths.
  const ask = async (path: string): Promise<number | undefined> => {
    const request = httpRequest({ hostname, port, path, headers: pageHeader })
    request.end()
    const [answer] = await once(request, 'response')
    answer.resume()
    return answer.statusCode
  }
  for (const path of [
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/%00',
    '/package.json',
    '/src/server/main.ts',
    '/api/unknown',
    'http://169.254.169.254/latest/',
    '/observability/v1/call-logs/1/',
  ])
    expect([400, 404], `${path} is ${await ask(path)}`).toContain(await ask(path))
  expect(await world.requests()).toEqual([])
})

test('every response has the security headers and none names the server', async ({ page }) => {
  const answers: Record<string, string>[] = []
  page.on('response', (response) => answers.push(response.headers()))
  await openPage(page)
  expect(answers.length).toBeGreaterThan(4)
  for (const headers of answers) {
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    for (const name of ['access-control-allow-origin', 'set-cookie', 'x-powered-by', 'server'])
      expect(headers).not.toHaveProperty(name)
  }
})
