import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { expectOneRelease } from './expect-one-release.ts'

/** A project with versions of our packages, by their place in it. */
async function createProject(installed: { [place: string]: string }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'releases-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [place, version] of Object.entries(installed)) {
    const path = join(folder, `node_modules/@cekura-kit/${place}`)
    await mkdir(path, { recursive: true })
    await writeFile(join(path, 'package.json'), JSON.stringify({ version }))
  }
  return folder
}

test('packages of one major version are accepted, with their copies', async () => {
  const nested = 'client/node_modules/@cekura-kit/types'
  const folder = await createProject({ client: '1.1.0', mock: '1.0.0', [nested]: '1.0.0' })
  await expect(expectOneRelease(folder)).resolves.toBeUndefined()
})

test('two major versions are one message with each place and version', async () => {
  const nested = 'client/node_modules/@cekura-kit/types'
  const folder = await createProject({ client: '1.1.0', types: '2.0.0', [nested]: '1.1.0' })
  await expect(expectOneRelease(folder)).rejects.toThrow(
    `Several major versions of @cekura-kit are installed in ${folder}: client 1.1.0, client > types 1.1.0, types 2.0.0. Expected one: install all packages with the same range.`,
  )
})

test('packages of a workspace root are found from a folder below it', async () => {
  const folder = await createProject({ client: '1.1.0', mock: '2.0.0' })
  await mkdir(join(folder, 'apps/report'), { recursive: true })
  await expect(expectOneRelease(join(folder, 'apps/report'))).rejects.toThrow(
    'client 1.1.0, mock 2.0.0',
  )
})
