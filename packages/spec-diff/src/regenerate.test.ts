import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { specFile } from '@cekura-kit/spec'
import { afterEach, expect, test } from 'vitest'
import { regenerate } from './regenerate.ts'
import { releaseVersion } from './release-version.ts'

const trials: string[] = []
afterEach(() => {
  for (const folder of trials.splice(0)) rmSync(folder, { recursive: true })
})

const manifest = (name: string, more = {}): string =>
  JSON.stringify({ name, version: '1.0.0', ...more })

/** A repository with our document and the two typed packages at 1.0.0. */
function createTrial() {
  const root = mkdtempSync(join(tmpdir(), 'regenerate-'))
  trials.push(root)
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  const edit = (path: string, from: string | RegExp, to: string): void => {
    const text = read(path)
    expect(text).toMatch(from)
    write(path, text.replace(from, to))
  }
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: root,
    })
  cpSync(dirname(specFile), join(root, 'spec'), {
    recursive: true,
    filter: (path) =>
      !/node_modules|dist|released|overrides/.test(path.slice(dirname(specFile).length)),
  })
  rmSync(join(root, 'spec/src'), { recursive: true })
  write('package.json', manifest('trial', { private: true }))
  write('pnpm-workspace.yaml', 'packages:\n  - packages/*\n')
  write('pnpm-lock.yaml', "lockfileVersion: '9.0'\n")
  write('packages/types/package.json', manifest('@cekura-kit/types'))
  write('packages/types/src/index.ts', '')
  write(
    'packages/client/package.json',
    manifest('@cekura-kit/client', { dependencies: { '@cekura-kit/types': 'workspace:*' } }),
  )
  write('.changeset/config.json', '{}')
  git('init', '-q', '-b', 'main')
  return {
    root,
    write,
    read,
    edit,
    remove: (path: string): void => rmSync(join(root, path)),
    commit: (): void => {
      git('add', '-A')
      git('commit', '-qm', 'trial')
    },
  }
}

async function createReleased() {
  const trial = createTrial()
  await releaseVersion(trial.root)
  trial.commit()
  return trial
}

const spec = 'spec/openapi.yaml'
const changeset = '.changeset/api-spec.md'
const topic = '        topic:\n          type: string\n'
const nullableTopic = "        topic:\n          type: [string, 'null']\n"
const newField =
  '        tone:\n          type: string\n          x-origin: published\n          description: Tone of the call.\n'

test('before the first release the gate wants a changeset and nothing else', async () => {
  const trial = createTrial()
  await regenerate(trial.root, false)
  expect((await regenerate(trial.root, true)).refusals).toEqual([
    'No changeset releases @cekura-kit/types, which needs a patch; write one by hand',
    'No changeset releases @cekura-kit/client, which needs a patch; write one by hand',
  ])
  trial.write(
    '.changeset/first.md',
    "---\n'@cekura-kit/types': major\n'@cekura-kit/client': major\n---\n\nFirst.\n",
  )
  expect((await regenerate(trial.root, true)).refusals).toEqual([])
})

test('a release leaves nothing to do, and tells its version in the document', async () => {
  const trial = await createReleased()
  expect(trial.read(spec)).toMatch(/^ {2}version: 1\.0\.0$/m)
  expect(await regenerate(trial.root, true)).toEqual({
    text: 'Compared with the released 1.0.0:\nNo change that a consumer can notice. Bump: none',
    wrote: false,
    refusals: [],
  })
})

test('an addition is generated and released as a minor of types and client, twice the same', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, newField + topic)
  const stale = await regenerate(trial.root, true)
  expect(stale.refusals.join('\n')).toMatch(
    /src\/schema.ts does not match spec\/openapi.yaml; run `pnpm regenerate`/,
  )
  expect(stale.refusals).toContain(
    'No changeset releases @cekura-kit/types, which needs a minor; write one with `pnpm regenerate`',
  )

  const first = await regenerate(trial.root, false)
  expect(first.text).toMatch(/minor +response-property-added .*\.tone +\+ string/)
  const text = trial.read(changeset)
  expect(text).toMatch(/^---\n'@cekura-kit\/types': minor\n'@cekura-kit\/client': minor\n---\n/)
  expect(text).toContain('**Added to the API**')
  expect((await regenerate(trial.root, true)).refusals).toEqual([])
  await regenerate(trial.root, false)
  expect(trial.read(changeset)).toBe(text)

  trial.edit(spec, newField, '')
  expect((await regenerate(trial.root, false)).text).toContain('removed .changeset/api-spec.md')
  expect((await regenerate(trial.root, true)).refusals).toEqual([])
})

test('a bump smaller than needed is refused, for the client too', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, nullableTopic)
  await regenerate(trial.root, false)
  expect(trial.read(changeset)).toContain("'@cekura-kit/types': major")
  trial.edit(changeset, "types': major", "types': minor")
  expect((await regenerate(trial.root, true)).refusals).toEqual([
    'The changesets give @cekura-kit/types a minor, but it needs a major; raise it with `pnpm regenerate`',
  ])
  trial.edit(changeset, "types': minor", "types': major")
  trial.edit(changeset, "'@cekura-kit/client': major\n", '')
  expect((await regenerate(trial.root, true)).refusals).toEqual([
    'The changesets give @cekura-kit/client a patch, but it needs a major; raise it with `pnpm regenerate`',
  ])
})

test('a larger bump by hand is let through with the written changeset beside it', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, newField + topic)
  await regenerate(trial.root, false)
  trial.write('.changeset/more.md', "---\n'@cekura-kit/types': major\n---\n\nMore.\n")
  expect((await regenerate(trial.root, true)).refusals).toEqual([])
})

test('a changeset that tells another story than the document is refused', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, newField + topic)
  await regenerate(trial.root, false)
  trial.edit(changeset, '.tone', '.colour')
  expect((await regenerate(trial.root, true)).refusals).toEqual([
    '.changeset/api-spec.md does not tell these changes; run `pnpm regenerate` and commit it',
  ])
})

test('an override changes one verdict and must match', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, newField + topic)
  const { text } = await regenerate(trial.root, false)
  const location = /response-property-added +(.*?\.tone)/.exec(text)![1]
  const override = {
    kind: 'response-property-added',
    location,
    from: 'minor',
    to: 'patch',
    reason: 'sent for a year, only now written down',
  }
  trial.write('spec/overrides.json', JSON.stringify([override]))
  await regenerate(trial.root, false)
  expect(trial.read(changeset)).toContain("'@cekura-kit/types': patch")
  expect((await regenerate(trial.root, true)).refusals).toEqual([])

  trial.write('spec/overrides.json', JSON.stringify([override, { ...override, from: 'major' }]))
  expect((await regenerate(trial.root, true)).refusals).toEqual([
    `The override of major for response-property-added at ${location} matches no change; remove it from spec/overrides.json`,
  ])
  trial.write('spec/overrides.json', JSON.stringify([{ ...override, reason: '' }]))
  await expect(regenerate(trial.root, true)).rejects.toThrow(
    /Cannot use entry 1 of spec\/overrides.json: an override has kind, location/,
  )
})

test('the released snapshot moves with a version only', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, nullableTopic)
  await regenerate(trial.root, false)
  // What a hurried hand would do: make the new state the released one, same version.
  await releaseVersion(trial.root)
  trial.remove(changeset)
  const moved = /^spec\/released changed without a new version; restore it/
  expect((await regenerate(trial.root, true)).refusals).toEqual([expect.stringMatching(moved)])
  trial.commit()
  expect((await regenerate(trial.root, true)).refusals).toEqual([expect.stringMatching(moved)])

  trial.edit('packages/types/package.json', '1.0.0', '1.1.0')
  expect((await regenerate(trial.root, true)).refusals.join('\n')).toMatch(
    /spec\/released holds 1\.0\.0 but packages\/types is at 1\.1\.0/,
  )
})

test('a snapshot edited by hand is not trusted', async () => {
  const trial = await createReleased()
  trial.edit('spec/released/schema.ts', 'topic', 'theme')
  await expect(regenerate(trial.root, true)).rejects.toThrow(
    /Cannot trust spec\/released\/schema.ts: its hash is not the one in meta.json/,
  )
})

test('a broken changeset is one sentence', async () => {
  const trial = await createReleased()
  trial.write('.changeset/broken.md', "---\n'@cekura-kit/nobody': major\n---\n\nX.\n")
  await expect(regenerate(trial.root, true)).rejects.toThrow(
    /Cannot read the pending changesets: .*nobody/,
  )
})

test('the consumers of every version of a major line are kept and compiled', async () => {
  const trial = await createReleased()
  const sets = (): string[] => readdirSync(join(trial.root, 'spec/released/probes')).toSorted()
  const release = async (version: string): Promise<void> => {
    await regenerate(trial.root, false)
    trial.remove(changeset)
    trial.edit('packages/types/package.json', /"version":"[^"]*"/, `"version":"${version}"`)
    await releaseVersion(trial.root)
    trial.commit()
  }
  trial.edit(spec, topic, newField + topic)
  await release('1.1.0')
  expect(sets()).toEqual(['1.0.0.json', '1.1.0.json'])

  // Consumers of 1.0.0 that read something 1.1.0 no longer has, which the last snapshot forgot.
  const old = 'spec/released/probes/1.0.0.json'
  const probes = JSON.parse(trial.read(old)) as object[]
  const code = "use<components['schemas']['Lost']>(a<never>())"
  trial.write(old, JSON.stringify([...probes, { code, label: 'name Lost', strict: false }]))
  trial.edit(spec, topic, newField.replace('tone:', 'mood:') + topic)
  await regenerate(trial.root, false)
  expect((await regenerate(trial.root, true)).refusals).toEqual([
    'Code written for 1.0.0 no longer compiles (name Lost, 1 in all), but this is no major; restore it, or name the break in spec/overrides.json',
  ])

  await release('2.0.0')
  expect(sets()).toEqual(['2.0.0.json'])
})
