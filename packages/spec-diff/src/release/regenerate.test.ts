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
import { specFile, type SpecDocument } from '@cekura-kit/spec'
import { afterEach, expect, test } from 'vitest'
import { diffSpecs } from '../diff.ts'
import { formatDiff } from '../output/format-diff.ts'
import { regenerate as regenerateIn } from './regenerate.ts'
import { releaseVersion } from './release-version.ts'

const regenerate = (root: string, check: boolean) => regenerateIn(root, check, 80)
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
  write('spec/package.json', manifest('@cekura-kit/spec'))
  write('pnpm-workspace.yaml', 'packages:\n  - spec\n  - packages/*\n')
  write('pnpm-lock.yaml', "lockfileVersion: '9.0'\n")
  write('packages/types/package.json', manifest('@cekura-kit/types'))
  cpSync(join(dirname(specFile), '../packages/types/src'), join(root, 'packages/types/src'), {
    recursive: true,
  })
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

test('before the first release the gate needs a changeset and nothing else', async () => {
  const trial = createTrial()
  await regenerate(trial.root, false)
  expect((await regenerate(trial.root, true)).problems).toEqual([
    'No changeset releases @cekura-kit/spec, which needs a patch. Write one by hand.',
    'No changeset releases @cekura-kit/types, which needs a patch. Write one by hand.',
    'No changeset releases @cekura-kit/client, which needs a patch. Write one by hand.',
  ])
  trial.write(
    '.changeset/first.md',
    "---\n'@cekura-kit/spec': major\n'@cekura-kit/types': major\n'@cekura-kit/client': major\n---\n\nFirst.\n",
  )
  expect((await regenerate(trial.root, true)).problems).toEqual([])
})

test('a release leaves nothing to do, and writes its version into the document', async () => {
  const trial = await createReleased()
  expect(trial.read(spec)).toMatch(/^ {2}version: 1\.0\.0$/m)
  expect(await regenerate(trial.root, true)).toEqual({
    text: 'Compared with the released 1.0.0:\nNo consumer-visible changes. Bump: none',
    wrote: false,
    problems: [],
  })
})

test('an addition is generated and released as a minor, with the same bytes each time', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, newField + topic)
  const stale = await regenerate(trial.root, true)
  expect(stale.problems.join('\n')).toMatch(
    /src\/schema.ts does not match spec\/openapi.yaml. Run `pnpm regenerate`/,
  )
  expect(stale.problems).toContain(
    'No changeset releases @cekura-kit/types, which needs a minor. Write one with `pnpm regenerate`.',
  )

  const first = await regenerate(trial.root, false)
  expect(first.text).toMatch(/minor +response property added[^]*\.tone[^]*\+ string/)
  const released = JSON.parse(trial.read('spec/released/openapi.json')) as SpecDocument
  const edited = JSON.parse(trial.read('packages/types/openapi.json')) as SpecDocument
  expect(first.text).toContain(formatDiff(diffSpecs(released, edited), 80).trimEnd())
  const text = trial.read(changeset)
  expect(text).toMatch(
    /^---\n'@cekura-kit\/spec': minor\n'@cekura-kit\/types': minor\n'@cekura-kit\/client': minor\n---\n/,
  )
  expect(text).toMatch(
    /^- `[\w.]+` \(`GET \/\S+`\) `200 body.results\[\].tone`(?: and \d+ more)?: response property added `\+ string`; readers may ignore it\. To do: nothing\.$/m,
  )
  expect(text).toContain('**Added to the API**')
  expect((await regenerate(trial.root, true)).problems).toEqual([])
  await regenerate(trial.root, false)
  expect(trial.read(changeset)).toBe(text)

  trial.edit(spec, newField, '')
  expect((await regenerate(trial.root, false)).text).toContain('removed .changeset/api-spec.md')
  expect((await regenerate(trial.root, true)).problems).toEqual([])
})

test('a bump smaller than needed is rejected, for the client too', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, nullableTopic)
  await regenerate(trial.root, false)
  expect(trial.read(changeset)).toContain("'@cekura-kit/types': major")
  trial.edit(changeset, "types': major", "types': minor")
  expect((await regenerate(trial.root, true)).problems).toEqual([
    'The changesets give @cekura-kit/types a minor, but it needs a major. Raise it with `pnpm regenerate`.',
  ])
  trial.edit(changeset, "types': minor", "types': major")
  trial.edit(changeset, "'@cekura-kit/client': major\n", '')
  expect((await regenerate(trial.root, true)).problems).toEqual([
    'The changesets give @cekura-kit/client a patch, but it needs a major. Raise it with `pnpm regenerate`.',
  ])
})

test('a larger bump by hand is accepted next to the written changeset', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, newField + topic)
  await regenerate(trial.root, false)
  trial.write('.changeset/more.md', "---\n'@cekura-kit/types': major\n---\n\nMore.\n")
  expect((await regenerate(trial.root, true)).problems).toEqual([])
})

test('a changeset that does not match the document is rejected', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, newField + topic)
  await regenerate(trial.root, false)
  trial.edit(changeset, '.tone', '.mood')
  expect((await regenerate(trial.root, true)).problems).toEqual([
    '.changeset/api-spec.md is out of date. Run `pnpm regenerate` and commit it.',
  ])
})

test('an override changes one bump, names both values, and must match', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, newField + topic)
  const { text } = await regenerate(trial.root, false)
  const place = /(200 body\S*\.tone)/.exec(text)![1]
  const path = /GET (\/\S+)/.exec(text)![1]
  const override = {
    edit: 'response-property-added',
    location: `GET ${path} ${place}`,
    values: '+ string',
    from: 'minor',
    to: 'patch',
    reason: 'sent for a year, now documented',
  }
  trial.write('spec/overrides.json', JSON.stringify([override]))
  await regenerate(trial.root, false)
  expect(trial.read(changeset)).toContain("'@cekura-kit/types': patch")
  expect((await regenerate(trial.root, true)).problems).toEqual([])

  for (const other of [{ from: 'major' }, { values: '+ integer' }]) {
    const list = [override, { ...override, ...other }]
    trial.write('spec/overrides.json', JSON.stringify(list))
    expect((await regenerate(trial.root, true)).problems).toEqual([
      `The override of ${list[1]!.from} for response-property-added at ${override.location} matches no change. Remove it from spec/overrides.json.`,
    ])
  }
  trial.write('spec/overrides.json', JSON.stringify([{ ...override, reason: '' }]))
  await expect(regenerate(trial.root, true)).rejects.toThrow(
    /Invalid entry 1 of spec\/overrides.json: expected edit, location/,
  )
})

test('the released snapshot changes with a version only', async () => {
  const trial = await createReleased()
  trial.edit(spec, topic, nullableTopic)
  await regenerate(trial.root, false)
  // A shortcut: make the new state the released one, with the same version.
  await releaseVersion(trial.root)
  trial.remove(changeset)
  const moved = /^spec\/released changed without a new version\. Restore it/
  expect((await regenerate(trial.root, true)).problems).toEqual([expect.stringMatching(moved)])
  trial.commit()
  expect((await regenerate(trial.root, true)).problems).toEqual([expect.stringMatching(moved)])

  trial.edit('packages/types/package.json', '1.0.0', '1.1.0')
  expect((await regenerate(trial.root, true)).problems.join('\n')).toMatch(
    /spec\/released is of 1\.0\.0, but packages\/types is 1\.1\.0/,
  )
})

test('a snapshot edited by hand is rejected', async () => {
  const trial = await createReleased()
  trial.edit('spec/released/openapi.json', 'topic', 'theme')
  await expect(regenerate(trial.root, true)).rejects.toThrow(
    /spec\/released\/openapi.json does not match the hash in meta.json/,
  )
})

test('a broken changeset is one message', async () => {
  const trial = await createReleased()
  trial.write('.changeset/broken.md', "---\n'@cekura-kit/none': major\n---\n\nX.\n")
  await expect(regenerate(trial.root, true)).rejects.toThrow(
    /Cannot read the pending changesets: .*none/,
  )
})

test('the consumers of every version of a major are kept and compiled', async () => {
  const trial = await createReleased()
  const kept = (): string[] => readdirSync(join(trial.root, 'spec/released/consumers')).toSorted()
  const release = async (version: string): Promise<void> => {
    await regenerate(trial.root, false)
    trial.remove(changeset)
    trial.edit('packages/types/package.json', /"version":"[^"]*"/, `"version":"${version}"`)
    await releaseVersion(trial.root)
    trial.commit()
  }
  trial.edit(spec, topic, newField + topic)
  await release('1.1.0')
  expect(kept()).toEqual(['1.0.0.json', '1.1.0.json'])

  // Consumers of 1.0.0 that read something that 1.1.0 lacks, as if the comparison had missed it.
  const old = 'spec/released/consumers/1.0.0.json'
  const lines = JSON.parse(trial.read(old)) as object[]
  const code = "use<Components['schemas']['Lost']>(a<never>())"
  trial.write(old, JSON.stringify([...lines, { code, label: 'schemas Lost' }]))
  trial.edit(spec, topic, newField.replace('tone:', 'mood:') + topic)
  await regenerate(trial.root, false)
  expect((await regenerate(trial.root, true)).problems).toEqual([
    `Code written for 1.0.0 no longer compiles (schemas Lost: \`${code}\`, 1 lines in total), but the bump is minor. Restore it, or record the break in spec/overrides.json.`,
  ])

  await release('2.0.0')
  expect(kept()).toEqual(['2.0.0.json'])
})

test('types that another generator writes need a release without a change of the document', async () => {
  const trial = await createReleased()
  const meta = JSON.parse(trial.read('spec/released/meta.json')) as { sha256: { types: string } }
  meta.sha256.types = '0'.repeat(64)
  trial.write('spec/released/meta.json', JSON.stringify(meta))
  expect((await regenerate(trial.root, true)).problems).toContain(
    'No changeset releases @cekura-kit/types, which needs a patch. Write one by hand.',
  )
})
