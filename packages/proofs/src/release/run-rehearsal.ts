// Rehearses a whole release with a local registry: run-rehearsal.ts [--quick] leaves out the compilers.
import { join } from 'node:path'
import { compile } from '../ecosystem/compile.ts'
import { runCells } from '../ecosystem/run-cells.ts'
import { cloneRepository } from '../harness/clone-repository.ts'
import { installConsumer, type Consumer } from '../harness/consumer.ts'
import { startRegistry } from '../harness/registry.ts'
import { runProof } from '../harness/run-proof.ts'
import { rehearseBreakingMinor } from './breaking-minor.ts'
import { createReleaseCommands } from './release-commands.ts'

/** A program of the consumer must print this. */
async function expectOutput(
  consumer: Consumer,
  expected: string,
  ...args: string[]
): Promise<void> {
  const output = await consumer.run(process.execPath, ...args)
  if (output !== expected) throw new Error(`expected ${expected}, got ${output}`)
}

await runProof('release', async (report, folder) => {
  const { step } = report
  await using registry = await step('start a local registry', () =>
    startRegistry(join(folder, 'registry')),
  )
  const clone = await step('copy the repository', () => cloneRepository(join(folder, 'repository')))
  const commands = createReleaseCommands(clone, registry)
  await step('install and build', async () => {
    await clone.run('pnpm', 'install', '--frozen-lockfile', '--prefer-offline')
    await commands.build()
  })

  console.log('\nRelease')
  await step('the release checks pass before it', commands.checkRelease)
  const first = await step('version: changelogs and snapshot', commands.version)
  await step('the release checks pass after it', commands.checkRelease)
  await step('pnpm check passes after it', async () => {
    await clone.run('pnpm', 'run', 'check')
  })
  await step('publish', commands.publish)
  await step('the registry has what the snapshot says', commands.checkRelease)
  await step('an edited snapshot is rejected', commands.rejectsEditedSnapshot)

  console.log('\nConsumers')
  const consumers: { [manager: string]: Consumer } = {}
  for (const manager of ['npm', 'pnpm'] as const) {
    const consumer = await step(`${manager}: install`, () =>
      installConsumer({
        folder: join(folder, manager),
        files: 'release',
        packages: ['types', 'client', 'mock'].map((name) => `@cekura-kit/${name}`),
        source: registry.source('^1.0.0'),
        manager,
      }),
    )
    await step(`${manager}: one call to the mock`, () =>
      expectOutput(consumer, 'page of 5', 'call.js'),
    )
    await step(`${manager}: its code compiles`, async () => {
      const { code, output } = await compile(consumer, { files: ['read.ts'] })
      if (code !== 0) throw new Error(output)
    })
    consumers[manager] = consumer
  }
  await step('cekura-logs lists calls of the mock', async () => {
    const source = registry.source('latest')
    const consumer = await installConsumer({
      folder: join(folder, 'command-line'),
      files: 'command-line',
      packages: ['@cekura-kit/mock'],
      source,
    })
    await consumer.run('npm', 'install', '--no-fund', await source.tarballOf('cekura-logs'))
    await expectOutput(consumer, '3 calls listed', 'list.js')
  })
  if (!process.argv.includes('--quick')) {
    const words = ['TypeScript', 'publint', 'attw']
    await runCells(report, words, join(folder, 'ecosystem'), registry.source('latest'))
  }

  console.log('\nA breaking change as a minor')
  await rehearseBreakingMinor({ step, clone, commands, consumers, first })
})
