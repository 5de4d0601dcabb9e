import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { SpecDocument } from '@cekura-kit/spec'
import { generateFiles, generateSchema } from '@cekura-kit/types/generator'
import { keepConsumers } from '../consumers/released-consumers.ts'
import { verifyPublished } from './verify-published.ts'
import { writeSnapshot } from './snapshot.ts'

const endings: (() => void)[] = []
afterEach(() => {
  for (const end of endings.splice(0)) end()
})

const documentWith = (...names: string[]): SpecDocument => ({
  openapi: '3.1.0',
  info: { title: 'Trial', version: '1' },
  servers: [{ url: 'https://api.example.com' }],
  paths: {
    '/things': {
      get: {
        operationId: 'list',
        responses: {
          200: {
            description: 'OK.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-KEY' } },
    schemas: {
      Thing: {
        type: 'object',
        properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
      },
    },
  },
})
const first = documentWith('a', 'b')
const second = documentWith('a')

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'published-test-'))
  endings.push(() => rmSync(folder, { recursive: true }))
  return folder
}

const git = (root: string, ...args: string[]): unknown =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: root,
  })

/** A repository whose history released the given documents, one version each. */
async function createHistory(...releases: [version: string, document: typeof first][]) {
  const root = temporary()
  git(root, 'init', '-q', '-b', 'main')
  for (const [version, document] of releases) {
    await writeSnapshot(root, version, document, await generateFiles(document))
    await keepConsumers(root, version, document, false)
    git(root, 'add', '-A')
    git(root, 'commit', '-qm', version)
  }
  return root
}

/** A registry that has one version of the types, or nothing; as npm's environment. */
async function createRegistry(version?: string, document = first): Promise<NodeJS.ProcessEnv> {
  const folder = temporary()
  mkdirSync(join(folder, 'package/dist'), { recursive: true })
  const manifest = { name: '@cekura-kit/types', version: version ?? '0.0.0' }
  const schema = await generateSchema(document)
  writeFileSync(join(folder, 'package/package.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'package/openapi.json'), `${JSON.stringify(document, null, 2)}\n`)
  writeFileSync(join(folder, 'package/dist/index.d.ts'), schema)
  execFileSync('tar', ['-czf', 'types.tgz', 'package'], { cwd: folder })
  const tarball = readFileSync(join(folder, 'types.tgz'))
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo
    if (request.url?.endsWith('.tgz')) return void response.end(tarball)
    if (!version) return void response.writeHead(404).end('{"error":"no such package available"}')
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
    const dist = { tarball: `http://127.0.0.1:${port}/types.tgz`, integrity }
    return void response.end(
      JSON.stringify({
        name: manifest.name,
        'dist-tags': { latest: version },
        versions: { [version]: { ...manifest, dist } },
      }),
    )
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  endings.push(() => void server.close())
  const { port } = server.address() as AddressInfo
  return {
    'npm_config_@cekura-kit:registry': `http://127.0.0.1:${port}/`,
    npm_config_cache: join(folder, 'cache'),
    npm_config_update_notifier: 'false',
  }
}

test('before the first release there is nothing to compare', async () => {
  const root = await createHistory()
  expect(await verifyPublished(root, await createRegistry())).toEqual({
    text: '@cekura-kit/types is not published yet: nothing to compare.',
    problems: [],
  })
})

test('accepts what was published from the snapshot, before and after the next version', async () => {
  const published = await createRegistry('1.0.0')
  const root = await createHistory(['1.0.0', first])
  expect(await verifyPublished(root, published)).toEqual({
    text: 'The published @cekura-kit/types 1.0.0 matches its snapshot.',
    problems: [],
  })
  const next = await createHistory(['1.0.0', first], ['2.0.0', second])
  expect((await verifyPublished(next, published)).problems).toEqual([])
})

test('rejects another document than that of the snapshot', async () => {
  const published = await createRegistry('1.0.0', second)
  const root = await createHistory(['1.0.0', first])
  expect((await verifyPublished(root, published)).problems).toEqual([
    expect.stringMatching(
      /^openapi.json of the published 1\.0\.0 is not the one in spec\/released\./,
    ),
  ])
})

test('rejects a branch that lacks the newest release, also when main has it', async () => {
  const published = await createRegistry('1.1.0')
  const root = await createHistory(['1.0.0', first], ['1.1.0', second])
  git(root, 'checkout', '-q', '-b', 'old', 'HEAD~1')
  expect((await verifyPublished(root, published)).problems).toEqual([
    expect.stringMatching(
      /registry has @cekura-kit\/types 1\.1\.0, but spec\/released has 1\.0\.0\./,
    ),
  ])
})

test('needs the whole history when it lacks the published version', async () => {
  const published = await createRegistry('1.0.0')
  const root = await createHistory(['2.0.0', second])
  expect((await verifyPublished(root, published)).problems).toEqual([
    expect.stringMatching(/^The registry has .* 1\.0\.0, .*git fetch --unshallow/),
  ])
})

test('a registry that cannot be reached is one message', async () => {
  const root = await createHistory(['1.0.0', first])
  const unreachable = {
    'npm_config_@cekura-kit:registry': 'http://127.0.0.1:9/',
    npm_config_fetch_retries: '0',
  }
  await expect(verifyPublished(root, unreachable)).rejects.toThrow(
    /^Cannot query the registry for @cekura-kit\/types: /,
  )
})
