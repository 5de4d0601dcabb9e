import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { compile } from '../ecosystem/compile.ts'
import type { Clone } from '../harness/clone-repository.ts'
import type { Consumer } from '../harness/consumer.ts'
import type { Log, Report } from '../harness/report.ts'
import type { ReleaseCommands } from './release-commands.ts'

export interface BreakingMinor {
  step: Report['step']
  clone: Clone
  commands: ReleaseCommands
  /** Projects with `^1.0.0` of our packages, by package manager. */
  consumers: { [manager: string]: Consumer }
  /** The version that they have. */
  first: string
}

const spec = 'spec/openapi.yaml'
const field = 'dropoff_point'
const property = new RegExp(`^ {8}${field}:\\n(?: {10}.*\\n)+`, 'm')
const example = new RegExp(`^ *${field}:.*\\n`, 'gm')
const minor = `---\n'@cekura-kit/types': minor\n'@cekura-kit/client': minor\n---\n\nTidied the call log.\n`

/** Removes a field that consumers read from the document and its examples. */
async function removeField(clone: Clone): Promise<void> {
  const text = await clone.read(spec)
  if (!property.test(text))
    throw new Error(`${spec} has no property ${field}. Name another one in breaking-minor.ts.`)
  await clone.write(spec, text.replace(property, ''))
  for (const name of await readdir(join(clone.folder, 'spec/examples'))) {
    const path = `spec/examples/${name}`
    await clone.write(path, (await clone.read(path)).replaceAll(example, ''))
  }
}

/** Updates a consumer. @returns the version it has and what the compiler reports */
async function update(consumer: Consumer): Promise<{ version: string; errors: string }> {
  await consumer.update()
  const { output } = await compile(consumer, { files: ['read.ts'] })
  return { version: await consumer.versionOf('@cekura-kit/types'), errors: output }
}

/**
 * A breaking change released as a minor: the check must reject it, the bump that it asks for must
 * leave `^1` consumers alone, and publishing the minor anyway must break them.
 */
export async function rehearseBreakingMinor(rehearsal: BreakingMinor): Promise<void> {
  const { step, clone, commands, consumers, first } = rehearsal

  async function release(log: Log): Promise<string> {
    const version = await commands.version(() => {})
    // What a consumer of the client gets; the mock does not compile without the field.
    await commands.build('@cekura-kit/client...')
    await commands.publish(log)
    return version
  }

  await step('a breaking change as a minor is rejected', async (log) => {
    await removeField(clone)
    await clone.write('.changeset/tidy.md', minor)
    await clone.run('pnpm', 'run', 'generate')
    const { code, output } = await commands.checkBumps()
    if (code !== 1 || !/@cekura-kit\/types.*major/.test(output))
      throw new Error(`The check exits with ${code}:\n${output}`)
    log(output.split('\n').at(-1)!)
  })
  await step('the bump that it asks for passes', async (log) => {
    await clone.git('clean', '-qf', '.changeset')
    await clone.run('pnpm', 'run', 'regenerate')
    await clone.commit('Remove a field')
    await commands.checkRelease(log)
  })
  await step('it is released as a major', async (log) => {
    const version = await release(log)
    if (!version.startsWith('2.')) throw new Error(`expected a version 2, got ${version}`)
  })
  for (const [manager, consumer] of Object.entries(consumers))
    await step(`${manager}: a ^1 consumer is not affected`, async (log) => {
      const { version, errors } = await update(consumer)
      if (errors) throw new Error(errors)
      log(`update keeps ${version}, which compiles`)
    })

  await step('the breaking minor is published anyway', async (log) => {
    await clone.git('checkout', '-q', '-B', 'forced', 'HEAD~2')
    await removeField(clone)
    await clone.write('.changeset/tidy.md', minor)
    const version = await release(log)
    if (!version.startsWith('1.') || version === first) throw new Error(`released ${version}`)
  })
  for (const [manager, consumer] of Object.entries(consumers))
    await step(`${manager}: a ^1 consumer breaks`, async (log) => {
      const { version, errors } = await update(consumer)
      if (!/error TS2339/.test(errors))
        throw new Error(`expected error TS2339 with ${version}, got ${errors || 'none'}`)
      log(`update installs ${version}\n${errors}`)
    })
}
