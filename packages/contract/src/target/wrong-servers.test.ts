// Servers that are wrong in one way, and what a run without knowledge of their data finds.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startMock } from '@cekura-kit/mock'
import type { SpecDocument } from '@cekura-kit/spec'
import { operationDescriptors } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { expect, onTestFinished, test } from 'vitest'
import type { Page, Row } from '../checks/call-logs/paged-list.ts'
import { probeService } from '../live/probe-service.ts'
import { listChecks } from '../suite/plan-suite.ts'
import { toJunit } from '../suite/report-junit.ts'
import { describeProblems, isGreen } from '../suite/report-text.ts'
import { runSuite } from '../suite/run-suite.ts'
import { createLiveTarget } from './live-target.ts'

const document = bundled as unknown as SpecDocument

interface Reply {
  status: number
  headers: { [name: string]: string }
  body: string
}

/** Changes requests for the list of calls and their responses; all else is forwarded unchanged. */
interface Wrong {
  /** Changes the URL that the sandbox receives. */
  request?(url: URL): void
  /** Changes the response of the sandbox. */
  response?(reply: Reply, url: URL): void | Promise<void>
}

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Headers to forward. */
function withoutConnection(headers: IncomingHttpHeaders): Headers {
  const forwarded = new Headers(headers as Record<string, string>)
  for (const name of ['host', 'connection']) forwarded.delete(name)
  return forwarded
}

/** A sandbox behind a server that is wrong; also its control port. */
async function startWrong({ request, response }: Wrong) {
  const mock = await startMock({ mode: 'sandbox', rows: 300 })
  onTestFinished(() => mock.close())
  const forward: RequestListener = async ({ url: path, method, headers }, outgoing) => {
    const sent = new URL(path!, mock.url)
    const changed = new URL(sent)
    const isList = sent.pathname === operationDescriptors['callLogs.list'].path
    if (isList) request?.(changed)
    const answered = await fetch(changed, {
      method: method!,
      headers: withoutConnection(headers),
      redirect: 'manual',
    })
    const reply: Reply = {
      status: answered.status,
      headers: { 'content-type': answered.headers.get('content-type') ?? 'text/plain' },
      body: await answered.text(),
    }
    if (isList) await response?.(reply, sent)
    outgoing.writeHead(reply.status, reply.headers).end(method === 'HEAD' ? '' : reply.body)
  }
  const url = await listen((incoming, outgoing) => void forward(incoming, outgoing))
  return { url, controlUrl: mock.controlUrl }
}

const createTarget = (url: string) => createLiveTarget({ url, key: 'k', agentId: '2142' })

async function runOn(url: string) {
  const report = await runSuite(listChecks(document), createTarget(url))
  const messages = (result: string): string =>
    report.outcomes
      .filter((outcome) => outcome.result === result)
      .map(({ id, message }) => `${id}: ${message}`)
      .join('\n')
  return { report, failed: messages('failed'), differs: messages('differs') }
}

const onRows =
  (change: (row: Row) => void): NonNullable<Wrong['response']> =>
  (reply) => {
    if (reply.status !== 200) return
    const page = JSON.parse(reply.body) as Page
    page.results.forEach(change)
    reply.body = JSON.stringify(page)
  }

const withoutNames =
  (...names: string[]): NonNullable<Wrong['request']> =>
  ({ searchParams }) =>
    names.forEach((name) => searchParams.delete(name))

const filters = ['agent_id', 'call_ids', 'timestamp_from', 'timestamp_to', 'assistant_id']

test.each<{ name: string; wrong: Wrong }>([
  { name: 'a correct server', wrong: {} },
  {
    name: 'a server with more fields',
    wrong: { response: onRows((row) => (row['new_field'] = { a: 1 })) },
  },
  {
    name: 'a server with the required fields only',
    wrong: {
      response: onRows((row) => {
        for (const name of Object.keys(row))
          if (!['id', 'call_id', 'timestamp', 'status'].includes(name)) delete row[name]
      }),
    },
  },
  {
    name: 'a server with a wrong count',
    wrong: {
      response(reply) {
        if (reply.status === 200) reply.body = reply.body.replace(/"count":\d+/, '"count":7')
      },
    },
  },
])('nothing fails on $name', async ({ wrong }) => {
  const { url } = await startWrong(wrong)
  const { report, failed } = await runOn(url)
  expect(failed).toBe('')
  expect(isGreen(report)).toBe(true)
})

test('nothing fails on a correct server to which calls are added during the run', async () => {
  let added = 0
  let control = ''
  const { url, controlUrl } = await startWrong({
    async response(reply) {
      if (reply.status !== 200) return
      const [row] = (JSON.parse(reply.body) as Page).results
      if (!row || control === '') return
      // One call now, and one late call at the time of a known one.
      const ids = [1, 2].map(() => 900_000_000 + added++)
      await fetch(`${control}/insert`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([
          { ...row, id: ids[0], timestamp: '2025-01-31T23:59:59Z' },
          { ...row, id: ids[1] },
        ]),
      })
    },
  })
  control = controlUrl
  const { failed } = await runOn(url)
  expect(failed).toBe('')
  expect(added).toBeGreaterThan(50)
})

test.each(filters)('a server that ignores %s fails, and the message names it', async (name) => {
  const request = ({ searchParams }: URL): void => {
    // Without an agent the sandbox has no list; every agent is the first one.
    if (name === 'agent_id' && searchParams.has(name)) {
      if (/^\d+$/.test(searchParams.get(name)!)) searchParams.set(name, '2142')
    } else withoutNames(name)({ searchParams } as URL)
  }
  const { url } = await startWrong({ request })
  const { report, failed } = await runOn(url)
  expect(failed).toContain(`${name} is ignored`)
  expect(isGreen(report)).toBe(false)
})

test('a server that ignores every filter fails for each of them', async () => {
  const { url } = await startWrong({
    request({ searchParams }) {
      if (/^\d+$/.test(searchParams.get('agent_id') ?? '')) searchParams.set('agent_id', '2142')
      withoutNames(...filters.slice(1))({ searchParams } as URL)
    },
  })
  const { failed } = await runOn(url)
  for (const name of ['agent_id', 'call_ids', 'assistant_id'])
    expect(failed).toContain(`${name} is ignored`)
  expect(failed).toMatch(/timestamp_(from|to) is ignored/)
  const probes = await probeService(document, createTarget(url))
  expect(probes.find(({ title }) => title.includes('looks back'))?.result).toMatch(/^unknown: /)
})

test('a server that repeats page 1 fails', async () => {
  const { url } = await startWrong({
    request({ searchParams }) {
      if (searchParams.get('page') === '2') searchParams.set('page', '1')
    },
  })
  expect((await runOn(url)).failed).toContain('page is ignored')
})

test('every field with a wrong type is in one message', async () => {
  const { url } = await startWrong({
    response: onRows((row) =>
      Object.assign(row, { id: String(row.id), success: 'yes', duration: 70, status: 1 }),
    ),
  })
  const { failed } = await runOn(url)
  const [first] = failed.split('\n')
  for (const name of ['id', 'success', 'duration', 'status'])
    expect(first).toContain(`/${name} must`)
})

test('a server without authentication fails for each way to send no key', async () => {
  const mock = await startMock({ mode: 'sandbox', rows: 30 })
  onTestFinished(() => mock.close())
  const url = await listen(({ url: path }, outgoing) => {
    void fetch(mock.url + path, { headers: { 'x-cekura-api-key': 'k' }, redirect: 'manual' }).then(
      async (answered) =>
        outgoing
          .writeHead(answered.status, { 'content-type': 'application/json' })
          .end(await answered.text()),
    )
  })
  const { failed } = await runOn(url)
  for (const id of ['no-key', 'empty-key', 'bearer', 'query-key', 'cookie-key'])
    expect(failed).toContain(`rejected.callLogs.list.${id}`)
})

test('a server that sends {} to every request fails', async () => {
  const url = await listen((_, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  expect((await runOn(url)).failed).toContain("must have required property 'results'")
})

test('deviations from assumptions are summarized, and fail a strict run only', async () => {
  const { url } = await startWrong({
    response(reply, { searchParams }) {
      if (reply.status === 400) reply.status = 422
      if (Number(searchParams.get('page')) > 1000) reply.status = 500
    },
  })
  const { report, failed, differs } = await runOn(url)
  expect(failed).toBe('')
  const problems = describeProblems(report)
  expect(problems.length).toBeLessThan(differs.split('\n').length / 2)
  expect(problems.join('\n')).toContain('got 422')
  expect(isGreen(report)).toBe(true)
  expect(isGreen(report, { strict: true })).toBe(false)
  expect(toJunit(report)).toContain('failures="0"')
  expect(toJunit(report, { strict: true })).not.toContain('failures="0"')
})

test('a server that refuses connections ends the run with one sentence', async () => {
  const url = await listen(() => undefined)
  const { port } = new URL(url)
  const closed = createServer()
  await once(closed.listen(0, '127.0.0.1'), 'listening')
  const { port: free } = closed.address() as AddressInfo
  await new Promise((done) => closed.close(done))
  const { report } = await runOn(url.replace(port, String(free)))
  expect(report.outcomes.map(({ result }) => result)).toEqual(Array(3).fill('no-response'))
  expect(report.stopped).toMatch(/^No response from http:\S+ to 3 checks in a row\. Check the URL/)
  expect(isGreen(report)).toBe(false)
})
