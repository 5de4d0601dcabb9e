import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findChromium } from '@cekura-kit/dashboard/chromium'
import { apiKeyHeader } from '@cekura-kit/types'
import { chromium } from '@playwright/test'
import type { Project } from './project.ts'

/** Serves the page, its script and the API from one origin, as a team's own proxy does. */
async function startOrigin(script: string, apiUrl: string): Promise<{ url: string } & Disposable> {
  const server = createServer((request, response) => {
    const respond = (type: string, body: string): unknown =>
      response.setHeader('content-type', type).end(body)
    const forward = async (): Promise<void> => {
      const key = String(request.headers[apiKeyHeader.toLowerCase()])
      const answer = await fetch(apiUrl + request.url, { headers: { [apiKeyHeader]: key } })
      response.statusCode = answer.status
      respond('application/json', await answer.text())
    }
    if (request.url === '/') respond('text/html', '<script type=module src=/app.js></script>')
    else if (request.url === '/app.js') respond('text/javascript', script)
    else forward().catch(() => response.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.dispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Bundles `browser.js`, opens it in Chromium, and returns the title that it sets. */
export async function runInBrowser(project: Project, apiUrl: string): Promise<string> {
  const bundle = ['--bundle', '--minify', '--format=esm', '--outfile=browser.bundle.js']
  await project.bin('esbuild', ['browser.js', ...bundle])
  using origin = await startOrigin(await project.read('browser.bundle.js'), apiUrl)
  const browser = await chromium.launch({ executablePath: await findChromium() })
  try {
    const page = await browser.newPage()
    await page.goto(origin.url)
    await page.waitForFunction('document.title')
    return await page.title()
  } finally {
    await browser.close()
  }
}
