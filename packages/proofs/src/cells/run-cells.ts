// Publishes the packages to a local registry and uses them as teams do, one project per cell:
//   run-cells.ts [WORD…] runs the cells whose name contains a word
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startMock } from '@cekura-kit/mock'
import { readCommands } from '../harness/guides.ts'
import { publishPackages } from '../harness/publish-packages.ts'
import { startRegistry } from '../harness/registry.ts'
import { selectChecks } from '../harness/report.ts'
import { runCommand } from '../harness/run-command.ts'
import { runProof } from '../harness/run-proof.ts'
import { cells } from './cells.ts'
import { listManagers } from './managers.ts'
import { installProject } from './project.ts'
import { rejectUnsupported } from './unsupported-versions.ts'

const quiet = ['--no-audit', '--no-fund', '--loglevel=error']

/** Installs the package managers and the package checks. */
async function installTools(folder: string): Promise<string> {
  await mkdir(folder)
  const files = fileURLToPath(new URL('../../consumers/managers/', import.meta.url))
  await cp(files, folder, { recursive: true })
  await runCommand(folder, 'npm', ['install', ...quiet])
  return folder
}

/** @returns how many packages publint and attw accept */
async function checkTarballs(tools: string, tarballs: readonly string[]): Promise<string> {
  const bin = (name: string): string => join(tools, 'node_modules/.bin', name)
  for (const tarball of tarballs) {
    await runCommand(tools, bin('publint'), ['--strict', tarball])
    // A command has no module to import.
    if (tarball.includes('cekura-logs')) continue
    const hasCommonJs = /-(types|client)-\d/.test(tarball)
    const profile = hasCommonJs ? 'node16' : 'esm-only'
    const flags = ['--profile', profile, '--format', 'ascii']
    // Not a module: the document, for programs that read files.
    if (/-spec-\d/.test(tarball)) flags.push('--exclude-entrypoints', 'openapi.yaml')
    await runCommand(tools, bin('attw'), [tarball, ...flags])
  }
  return `${tarballs.length} packages are clean`
}

/** Types and client without a registry, as the guide says. */
async function installTarballs(folder: string): Promise<void> {
  for (const command of await readCommands('docs/publishing.md', 'install-tarballs'))
    await runCommand(folder, 'sh', ['-c', command])
}

await runProof('cells', async ({ step, table }, folder) => {
  const chosen = selectChecks(cells, process.argv.slice(2))
  const [registry, tools] = await step('start a local registry, install the tools', () =>
    Promise.all([startRegistry(join(folder, 'registry')), installTools(join(folder, 'tools'))]),
  )
  await using _ = registry
  const tarballs = await step('build, pack and publish', () =>
    publishPackages(join(folder, 'tarballs'), registry),
  )
  await step('install from tarballs', () => installTarballs(folder))
  await step('publint and attw', async (log) => log(await checkTarballs(tools, tarballs)))
  await step('versions that are not supported', async (log) =>
    log(await rejectUnsupported(folder, registry)),
  )
  const managers = listManagers(tools)
  await using mock = await startMock({ mode: 'proxied', rows: 60 })
  await table(
    chosen.map(({ name, manager = 'npm', run, ...options }, index) => ({
      name,
      async run() {
        const place = join(folder, `cell-${index}`)
        // It has no scope, so npm would look for it in the public registry.
        const cli = tarballs.find((path) => path.includes('cekura-logs'))
        const dependencies = Object.entries(options.dependencies).map(([one, range]) => [
          one,
          one === 'cekura-logs' ? `file:${cli}` : range,
        ])
        const project = await installProject(place, managers[manager]!, registry, {
          ...options,
          dependencies: Object.fromEntries(dependencies) as typeof options.dependencies,
        })
        return run({ project, apiUrl: mock.url })
      },
    })),
  )
})
