// An interactive reference of the spec, with requests against a mock. Usage: pnpm run docs
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { guardRequest } from '../src/gateway/guard.ts'
import { listen } from '../src/gateway/listen.ts'
import { startMock } from '../src/index.ts'

const styles = import.meta.resolve('@stoplight/elements/styles.min.css')
const elements = import.meta.resolve('@stoplight/elements/web-components.min.js')

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>API reference</title>
<link rel="stylesheet" href="styles.css">
<link rel="icon" href="data:,">
<script src="elements.js" defer></script>
<style>html, body { height: 100%; margin: 0 }</style>
<elements-api apiDescriptionUrl="openapi.json" router="hash" layout="sidebar"></elements-api>
</html>
`

await using mock = await startMock({ mode: 'proxied', endMs: 'now' })
// "Try it" sends requests to the first server of the document.
const document = { ...bundled, servers: [{ url: mock.url, description: 'Mock with sample data' }] }
const files = new Map<string, [type: string, body: string | Buffer]>([
  ['/', ['text/html', page]],
  ['/openapi.json', ['application/json', JSON.stringify(document)]],
  ['/styles.css', ['text/css', await readFile(fileURLToPath(styles))]],
  ['/elements.js', ['text/javascript', await readFile(fileURLToPath(elements))]],
])

/** Scripts and styles of this server, requests to the mock, and nothing else. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  `connect-src 'self' ${mock.url}`,
].join('; ')

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': contentSecurityPolicy,
  })
  response.end(body)
}

const server = createServer(({ method = 'GET', url = '/', rawHeaders: headers }, response) => {
  const blocked = guardRequest(
    { method, headers },
    { hosts: [], crossOrigin: true, jsonWrites: false },
  )
  const found = files.get(url.split('?')[0]!)
  if (blocked) send(response, blocked.status, 'text/plain', 'Unknown Host header.')
  else if (found) send(response, 200, ...found)
  else send(response, 404, 'text/plain', 'Not found.')
})
const address = await listen(server, Number(process.env['PORT'] ?? 4020), '127.0.0.1')
console.log(`API reference at ${address}\nRequests go to the mock at ${mock.url}; any key works`)
await new Promise((resolve) => {
  process.once('SIGINT', resolve).once('SIGTERM', resolve)
})
server.closeAllConnections()
server.close()
