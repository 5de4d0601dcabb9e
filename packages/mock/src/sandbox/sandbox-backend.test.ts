import { createServer } from 'node:http'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSandboxBackend } from './sandbox-backend.ts'
import { listen } from '../gateway/start-gateway.ts'

const app = new Hono().all('/calls', async ({ req, body }) => {
  const asked = [req.method, new URL(req.url).search, req.header('x-key'), await req.text()]
  return body(JSON.stringify(asked), 418, { 'x-own': '1' })
})
const backend = createSandboxBackend(app)
const server = createServer(backend.listener)
let origin: string
beforeAll(async () => {
  origin = await listen(server, 0, '127.0.0.1')
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const path = '/calls?page=2'
const answer = (method: string, body: string) =>
  backend.answer({
    method,
    path,
    headers: ['User-Agent', 'a client (of a test)', 'X-Key', 'k'],
    body: Buffer.from(body),
    signal: new AbortController().signal,
  })

test.each([
  { method: 'GET', sent: '', heard: ['GET', '?page=2', 'k', ''] },
  { method: 'POST', sent: 'milk', heard: ['POST', '?page=2', 'k', 'milk'] },
  { method: 'DELETE', sent: '', heard: ['DELETE', '?page=2', 'k', ''] },
])(
  '$method is answered the same behind a fault and without one',
  async ({ method, sent, heard }) => {
    const { status, headers, body } = await answer(method, sent)
    expect([status, headers, JSON.parse(body.toString())]).toEqual([
      418,
      expect.arrayContaining(['x-own', '1']),
      heard,
    ])
    const response = await fetch(origin + path, {
      method,
      headers: { 'x-key': 'k' },
      ...(sent && { body: sent }),
    })
    expect([response.status, response.headers.get('x-own'), await response.json()]).toEqual([
      418,
      '1',
      heard,
    ])
  },
)

test.each(['GET', 'HEAD'])('a body that a %s should not have is left out', async (method) => {
  expect((await answer(method, 'milk')).status).toBe(418)
})
