import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleSpec, SpecError } from '@cekura-kit/spec'
import { generateFiles } from '@cekura-kit/types/generator'
import { keepConsumers } from '../consumers/released-consumers.ts'
import { readDecisions, writeDecisions } from '../policy/decisions.ts'
import { demotesMajor, overrideList } from '../policy/overrides.ts'
import { writeSnapshot } from './snapshot.ts'

/**
 * After `changeset version`: writes the version of the types into the document, generates again,
 * makes the result the released snapshot, and keeps the code of its consumers.
 *
 * @returns the version
 * @throws {SpecError} when the document has no `info.version`
 */
export async function releaseVersion(root: string): Promise<string> {
  const { version } = JSON.parse(
    await readFile(join(root, 'packages/types/package.json'), 'utf8'),
  ) as { version: string }
  const specFile = join(root, 'spec/openapi.yaml')
  const text = await readFile(specFile, 'utf8')
  const line = /^(info:\n(?: .*\n|\n)*? {2}version: ).*$/m
  if (!line.test(text)) throw new SpecError(`"${specFile}" has no info.version. Add it.`)
  await writeFile(specFile, text.replace(line, `$1${version}`))

  const { document } = await bundleSpec(specFile)
  const files = await generateFiles(document)
  for (const file of files) await writeFile(join(root, 'packages/types', file.path), file.text)
  await writeSnapshot(root, version, document, files)
  const overrides = await readDecisions(root, overrideList)
  await keepConsumers(root, version, document, demotesMajor(overrides))
  // A release makes every override history.
  if (overrides.length > 0) await writeDecisions(root, overrideList, [])
  return version
}
