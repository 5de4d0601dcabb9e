import { readCommands } from '../harness/guides.ts'
import { listPublicPackages } from '../harness/repository.ts'
import { runCommand } from '../harness/run-command.ts'
import { expectOutput, runJest, runOnLowestNode } from './cell-steps.ts'
import { runInBrowser } from './run-in-browser.ts'
import { runInWorkerd } from './run-in-workerd.ts'
import type { Project, ProjectOptions } from './project.ts'

/** What a cell runs with. */
export interface Stage {
  project: Project
  /** A mock that programs of the project call. */
  apiUrl: string
}

/** The lowest or highest end of one axis: a package manager, a compiler setting, a runtime. */
export interface Cell extends ProjectOptions {
  name: string
  /** Name of `listManagers`; default `npm`. */
  manager?: string
  /** @returns what is worth reading next to its name; throws when the cell fails */
  run(stage: Stage): Promise<string>
}

/** What `consume.js` prints on every runtime. */
const consumed = 'page of 5, pagination of 20, error not_found'

const range = 'latest'
const client = { '@cekura-kit/client': range, '@cekura-kit/types': range }
const clientAndMock = { ...client, '@cekura-kit/mock': range }

/** A package manager installs types, client and mock; the mock starts, and the client reads it. */
const managerCell = (name: string, manager: string): Cell => ({
  name,
  manager,
  dependencies: clientAndMock,
  run: ({ project }) => expectOutput(project.node('start.js'), consumed),
})

const lowestNodes = Object.fromEntries(
  listPublicPackages().flatMap(({ engines }) => {
    const version = engines?.node?.replace('>=', '')
    return version ? [[`node${version}`, `npm:node@${version}.0`]] : []
  }),
)

/** Types that the compiler may instantiate for `consumer.ts`. */
const maxInstantiations = 10_000

export const cells: readonly Cell[] = [
  {
    name: 'npm',
    dependencies: {},
    async run({ project }) {
      const install = await readCommands('docs/consuming.md', 'install')
      const deny = await readCommands('docs/consuming.md', 'deny')
      for (const command of [...install, ...deny])
        await runCommand(project.folder, 'sh', ['-c', command])
      return expectOutput(project.node('start.js'), consumed)
    },
  },
  managerCell('pnpm, strict', 'pnpm'),
  managerCell('Yarn 1', 'yarn1'),
  managerCell('Yarn 4, node-modules', 'yarn4'),
  managerCell("Yarn 4, Plug'n'Play", 'yarnPnp'),
  managerCell('Bun', 'bun'),
  {
    name: 'TypeScript 5.4',
    dependencies: { ...client, typescript: '5.4.5' },
    run: ({ project }) => expectOutput(project.compile(['consumer.ts']), ''),
  },
  {
    name: 'TypeScript 7',
    dependencies: { ...client, typescript: '7.0.2' },
    async run({ project }) {
      await expectOutput(project.compile(['consumer.ts']), '')
      const flags = ['--skipLibCheck', '--extendedDiagnostics']
      const output = await project.compile(['consumer.ts'], {}, flags)
      const count = Number(/Instantiations:\s+(\d+)/.exec(output)?.[1])
      if (!(count <= maxInstantiations))
        throw new Error(`${count} instantiations, expected at most ${maxInstantiations}`)
      return `${count} instantiations, at most ${maxInstantiations}`
    },
  },
  {
    name: 'node16, CommonJS',
    type: 'commonjs',
    dependencies: { ...client, typescript: '5.4.5', '@types/node': '20.19.0' },
    async run({ project, apiUrl }) {
      const options = { module: 'node16', noEmit: false, types: ['node'] }
      await expectOutput(project.compile(['commonjs.ts'], options), '')
      const output = project.node('commonjs.js', apiUrl)
      return expectOutput(output, 'function, X-CEKURA-API-KEY, 1, 20, not_found')
    },
  },
  {
    name: 'bundler, strictest flags',
    dependencies: { ...client, typescript: '7.0.2' },
    run({ project }) {
      const options = {
        module: 'esnext',
        moduleResolution: 'bundler',
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        isolatedModules: true,
        verbatimModuleSyntax: true,
      }
      return expectOutput(project.compile(['consumer.ts'], options), '')
    },
  },
  {
    name: 'Jest, CommonJS',
    type: 'commonjs',
    dependencies: { ...clientAndMock, jest: '30.5.2' },
    run: ({ project }) => runJest(project),
  },
  {
    name: 'Node 20, the lowest of each package',
    dependencies: {
      ...clientAndMock,
      '@cekura-kit/contract': range,
      '@cekura-kit/call-format': range,
      'cekura-logs': range,
      msw: '2.0.0',
      ...lowestNodes,
    },
    run: ({ project, apiUrl }) => runOnLowestNode(project, apiUrl, consumed),
  },
  {
    name: 'workerd',
    dependencies: { ...client, esbuild: '0.28.2', workerd: '1.20261117.1' },
    run: ({ project, apiUrl }) => expectOutput(runInWorkerd(project, apiUrl), consumed),
  },
  {
    name: 'Chromium',
    dependencies: { ...client, esbuild: '0.28.2' },
    run: ({ project, apiUrl }) => expectOutput(runInBrowser(project, apiUrl), consumed),
  },
]
