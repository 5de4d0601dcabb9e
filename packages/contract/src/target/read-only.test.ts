// A service that records what it receives, and a document full of writes.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listOperations, type SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { expect, onTestFinished, test } from 'vitest'
import { probeService } from '../live/probe-service.ts'
import { UsageError } from '../suite/errors.ts'
import { listChecks } from '../suite/plan-suite.ts'
import { runCheck, runSuite } from '../suite/run-suite.ts'
import { capabilities, isRead } from './capability.ts'
import { createLiveTarget } from './live-target.ts'

const settings = { key: 'k', agentId: '2142' }
const success = { '204': { description: 'Done.' } }
const writes = ['post', 'put', 'patch', 'delete', 'options', 'trace']

const operations = (name: string, parameters: object[]) =>
  Object.fromEntries(
    writes.map((method) => [
      method,
      { operationId: `${name}.${method}`, parameters, responses: success },
    ]),
  )

/** The document with every other method next to its list, with and without path parameters. */
const documentOfWrites = (): SpecDocument => {
  const document = structuredClone(bundled) as unknown as { paths: Record<string, object> }
  const [[path, list]] = Object.entries(document.paths) as [[string, object]]
  document.paths[path] = { ...list, ...operations('all', []) }
  document.paths[`${path}{id}/`] = operations('one', [
    { name: 'id', in: 'path', required: true, schema: { type: 'integer' }, example: 7 },
  ])
  return document as unknown as SpecDocument
}

async function startRecorder() {
  const methods = new Set<string>()
  const server = createServer(({ method }, response) => {
    methods.add(method!)
    response.writeHead(204).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, methods }
}

const documents = [
  { name: 'the document of the API', document: bundled as unknown as SpecDocument },
  { name: 'a document full of writes', document: documentOfWrites() },
]

/** Checks of the operations that write. */
function checksOfWrites(document: SpecDocument) {
  const operations = listOperations(document).filter(({ method }) => !isRead(method))
  const names = new Set<string | undefined>(operations.map(({ operationId }) => operationId))
  return listChecks(document).filter(({ operationId }) => names.has(operationId))
}

test.each(documents)(
  'a service receives GET and HEAD requests only: $name',
  async ({ document }) => {
    const { url, methods } = await startRecorder()
    const target = createLiveTarget({ url, ...settings })
    const { outcomes } = await runSuite(listChecks(document), target)
    await probeService(document, target)
    expect([...methods].filter((method) => !isRead(method))).toEqual([])
    expect(methods).toContain('GET')
    const ofWrites = new Set(checksOfWrites(document).map(({ id }) => id))
    const found = outcomes.filter(({ id }) => ofWrites.has(id))
    expect(found.length).toBe(ofWrites.size)
    expect(new Set(found.map(({ result }) => result))).toEqual(new Set(['inapplicable']))
    expect(found.map(({ message }) => message)).toContain(capabilities.writes)
  },
)

test.each(documents)(
  'a check that writes to a service stops the run before the request is sent: $name',
  async ({ document }) => {
    const { url, methods } = await startRecorder()
    const target = createLiveTarget({ url, ...settings })
    for (const check of checksOfWrites(document))
      await runCheck(check, target).catch((error: unknown) =>
        expect(error).toBeInstanceOf(UsageError),
      )
    for (const method of writes)
      await expect(target.send({ method: method.toUpperCase(), path: '/' })).rejects.toThrow(
        /^Cannot send \w+ \/: a service gets GET and HEAD requests only/,
      )
    expect([...methods].filter((method) => !isRead(method))).toEqual([])
  },
)
