import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Registry } from '../harness/registry.ts'
import { tryCommand } from '../harness/run-command.ts'

interface Unsupported {
  name: string
  dependencies: { [name: string]: string }
  /** Content of `pnpm-workspace.yaml`. */
  settings?: string
  install: [string, ...string[]]
  /** The message names the versions that were found and expected. */
  message: RegExp
}

const client = { '@cekura-kit/client': 'latest' }

const cases: readonly Unsupported[] = [
  {
    name: 'older TypeScript',
    dependencies: { ...client, typescript: '5.3.3' },
    install: ['npm', 'install'],
    message: /Found: typescript@5\.3\.3[^]*peerOptional typescript@">=5\.4" from @cekura-kit\//,
  },
  {
    name: 'older msw',
    dependencies: { '@cekura-kit/mock': 'latest', msw: '1.3.5' },
    install: ['npm', 'install'],
    message: /Found: msw@1\.3\.5[^]*peerOptional msw@">=2" from @cekura-kit\//,
  },
  {
    name: 'older vitest',
    dependencies: { '@cekura-kit/mock': 'latest', vitest: '3.2.4' },
    install: ['npm', 'install'],
    message: /Found: vitest@3\.2\.4[^]*peerOptional vitest@">=4" from @cekura-kit\//,
  },
  {
    name: 'older Node',
    dependencies: client,
    settings: 'engineStrict: true\nnodeVersion: 18.20.0\n',
    install: ['pnpm', 'install'],
    message: /Unsupported engine[^]*>=20\.19[^]*18\.20\.0/,
  },
]

/** Installs on versions that the packages do not support. @returns which were rejected */
export async function rejectUnsupported(folder: string, registry: Registry): Promise<string> {
  for (const [index, one] of cases.entries()) {
    const project = join(folder, `unsupported-${index}`)
    await mkdir(project)
    const manifest = { private: true, dependencies: one.dependencies }
    await writeFile(join(project, 'package.json'), JSON.stringify(manifest))
    if (one.settings) await writeFile(join(project, 'pnpm-workspace.yaml'), one.settings)
    await registry.configure(project)
    const [manager, ...args] = one.install
    const { code, output } = await tryCommand(project, manager, args)
    if (code === 0 || !one.message.test(output))
      throw new Error(`${one.name}: expected ${one.message}, got exit code ${code}:\n${output}`)
  }
  return cases.map(({ name }) => name).join(', ')
}
