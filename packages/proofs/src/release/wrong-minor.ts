import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clone } from './clone-repository.ts'
import type { Consumers } from './consumers.ts'
import type { Releaser } from './releaser.ts'
import type { Say, Steps } from './steps.ts'

interface Drill {
  step: Steps['step']
  clone: Clone
  releaser: Releaser
  consumers: Consumers
  /** The version that the consumers have. */
  first: string
}

const field = 'dropoff_point'
const block = new RegExp(`^ {8}${field}:\\n(?: {10}.*\\n)+`, 'm')
const example = new RegExp(`^ *${field}:.*\\n`, 'gm')
const wrong = `---\n'@cekura-kit/types': minor\n'@cekura-kit/client': minor\n---\n\nTidied the call log.\n`

/**
 * Takes a field away that consumers read: the gate must refuse a minor, the bump it asks for
 * must leave `^1` alone, and forcing the minor must break who trusted it.
 */
export async function runDrill({ step, clone, releaser, consumers, first }: Drill): Promise<void> {
  const spec = 'spec/openapi.yaml'

  async function takeAway(): Promise<void> {
    const text = await clone.read(spec)
    if (!block.test(text))
      throw new Error(`The drill takes "${field}" out of ${spec}, which is not there; name another`)
    await clone.write(spec, text.replace(block, ''))
    // Examples are held against the schema, so they lose it too.
    for (const name of await readdir(join(clone.folder, 'spec/examples'))) {
      const path = `spec/examples/${name}`
      await clone.write(path, (await clone.read(path)).replaceAll(example, ''))
    }
  }

  async function release(say: Say): Promise<string> {
    const version = await releaser.version(() => {})
    await releaser.build()
    await releaser.publish(say)
    return version
  }

  async function consumerStays(say: Say): Promise<void> {
    for (const manager of ['npm', 'pnpm'] as const) {
      const version = await consumers.update(manager)
      const errors = await consumers.compile(manager)
      if (errors) throw new Error(`${manager}: ${errors}`)
      say(`${manager}: update keeps ${version}, which compiles`)
    }
  }

  await step('the gate refuses it as a minor', async (say) => {
    await takeAway()
    await clone.write('.changeset/tidy.md', wrong)
    await runGenerate(clone)
    const refused = await releaser.refusals()
    if (!/@cekura-kit\/types a minor, but it needs a major/.test(refused))
      throw new Error(`The gate says: ${refused || 'nothing'}`)
    say(refused)
  })
  await step('with the bump it asks for, it passes', async (say) => {
    await clone.git('clean', '-qf', '.changeset')
    await clone.run('node', 'packages/spec-diff/src/commands/regenerate.ts')
    await clone.commit('Take a field away')
    await releaser.gate(say)
  })
  await step('released as what it is', async (say) => {
    const version = await release(say)
    if (!version.startsWith('2.')) throw new Error(`Released ${version}, a major was wanted`)
  })
  await step('a ^1 consumer does not get it', consumerStays)

  await step('forced out as a minor', async (say) => {
    await clone.git('checkout', '-q', '-B', 'forced', 'HEAD~2')
    await takeAway()
    await clone.write('.changeset/tidy.md', wrong)
    const version = await release(say)
    if (!version.startsWith('1.') || version === first) throw new Error(`Released ${version}`)
  })
  for (const manager of ['npm', 'pnpm'] as const)
    await step(`${manager}, the ^1 consumer breaks`, async (say) => {
      const version = await consumers.update(manager)
      const errors = await consumers.compile(manager)
      if (!/error TS2339/.test(errors))
        throw new Error(
          `With ${version} its code still compiles${errors && `, or fails otherwise: ${errors}`}`,
        )
      say(`update brings ${version}\n${errors}`)
    })
}

const runGenerate = (clone: Clone): Promise<string> =>
  clone.run('node', 'packages/types/src/generate.ts')
