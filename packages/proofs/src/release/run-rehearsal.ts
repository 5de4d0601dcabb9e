// Tries the whole release on a registry of its own: pnpm --filter @cekura-kit/proofs release:verify [--quick]
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cloneRepository } from './clone-repository.ts'
import { createConsumers } from './consumers.ts'
import { createSteps } from './steps.ts'
import { startRegistry } from '../harness/start-registry.ts'
import { createReleaser } from './releaser.ts'
import { runDrill } from './wrong-minor.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const folder = await realpath(await mkdtemp(join(tmpdir(), 'release-')))
const steps = createSteps()
const { step } = steps

try {
  await using registry = await step('a registry of its own', async (say) => {
    const started = await startRegistry(join(folder, 'registry'))
    say(`Verdaccio at ${started.url}`)
    return started
  })
  const clone = await step('a copy of the repository', async (say) => {
    const copy = await cloneRepository(root, join(folder, 'clone'))
    say((await copy.git('log', '-1', '--format=on top of %p')).trim())
    return copy
  })
  const releaser = createReleaser(clone, registry)
  await step('install and build', () => releaser.install())

  console.log('\nThe release')
  await step('the gate before it', (say) => releaser.gate(say))
  const first = await step('version: changelogs, snapshot', (say) => releaser.version(say))
  await step('the gate after it', (say) => releaser.gate(say))
  await step('publish', (say) => releaser.publish(say))
  await step('published is what the snapshot says', (say) => releaser.published(say))
  await step('a snapshot moved by hand is refused', (say) => releaser.refusesMovedSnapshot(say))

  console.log('\nWho installs it')
  const consumers = createConsumers(join(folder, 'consumers'), registry, root)
  for (const manager of ['npm', 'pnpm'] as const) {
    await step(`${manager}, a fresh project`, () => consumers.install(manager))
    await step(`${manager}, one call against the mock`, (say) => consumers.call(manager, say))
    await step(`${manager}, code compiles`, (say) => consumers.compiles(manager, say))
  }
  await step('the command line, installed', (say) => consumers.commandLine(say))
  // The half of the time; `--quick` is for work on the rest.
  if (!process.argv.includes('--quick'))
    await step('compilers, publint, attw', (say) => consumers.ecosystem(say))

  console.log('\nThe wrong-minor drill: a response field is taken away')
  await runDrill({ step, clone, releaser, consumers, first })
} catch (error) {
  if (!steps.failed) throw error
} finally {
  await rm(folder, { recursive: true, force: true })
}
console.log(`\n${steps.summary()}`)
if (steps.failed) process.exitCode = 1
