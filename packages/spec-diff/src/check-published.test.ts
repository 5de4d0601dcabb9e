import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { checkPublished } from './check-published.ts'
import { createContract } from './diff-specs.ts'
import { mutate, mutations } from './mutations.ts'
import { createRandom, createTrialDocument } from './trial-document.ts'
import { writeSnapshot } from './snapshot.ts'

const endings: (() => void)[] = []
afterEach(() => {
  for (const end of endings.splice(0)) end()
})

const first = createTrialDocument(createRandom(5))
const change = mutations.find(({ name }) => name === 'read: optional property removed')!
const second = mutate(first, [change])

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
    await writeSnapshot(root, version, await createContract(document))
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
  const { schema } = await createContract(document)
  writeFileSync(join(folder, 'package/package.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'package/openapi.json'), `${JSON.stringify(document, null, 2)}\n`)
  writeFileSync(join(folder, 'package/dist/schema.d.ts'), schema)
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

test('before the first release there is nothing to compare with', async () => {
  const root = await createHistory()
  expect(await checkPublished(root, await createRegistry())).toEqual({
    text: '@cekura-kit/types is not published yet: nothing to compare with.',
    refusals: [],
  })
})

test('lets pass what was published from the snapshot, before and after the next version', async () => {
  const published = await createRegistry('1.0.0')
  const root = await createHistory(['1.0.0', first])
  expect(await checkPublished(root, published)).toEqual({
    text: 'What is published as @cekura-kit/types 1.0.0 is its snapshot.',
    refusals: [],
  })
  const next = await createHistory(['1.0.0', first], ['2.0.0', second])
  expect((await checkPublished(next, published)).refusals).toEqual([])
})

test('refuses when users have other bytes than the snapshot of that version', async () => {
  const published = await createRegistry('1.0.0', second)
  const root = await createHistory(['1.0.0', first])
  expect((await checkPublished(root, published)).refusals).toEqual([
    expect.stringMatching(
      /^openapi.json of the published 1\.0\.0 is not the one in spec\/released;/,
    ),
    expect.stringMatching(/^The types of the published 1\.0\.0 .*response-property-added/),
  ])
})

test('refuses to publish from a branch that lacks the newest release', async () => {
  const published = await createRegistry('1.1.0')
  const root = await createHistory(['1.0.0', first])
  expect((await checkPublished(root, published)).refusals).toEqual([
    expect.stringMatching(
      /registry has @cekura-kit\/types 1\.1\.0 but spec\/released holds 1\.0\.0;/,
    ),
  ])
})

test('asks for the whole history when it does not know the published version', async () => {
  const published = await createRegistry('1.0.0')
  const root = await createHistory(['2.0.0', second])
  expect((await checkPublished(root, published)).refusals).toEqual([
    expect.stringMatching(/^History has no spec\/released of 1\.0\.0, .*git fetch --unshallow/),
  ])
})

test('a registry that cannot be reached is one sentence', async () => {
  const root = await createHistory(['1.0.0', first])
  const nowhere = {
    'npm_config_@cekura-kit:registry': 'http://127.0.0.1:9/',
    npm_config_fetch_retries: '0',
  }
  await expect(checkPublished(root, nowhere)).rejects.toThrow(
    /^Cannot ask the registry for @cekura-kit\/types: /,
  )
})
