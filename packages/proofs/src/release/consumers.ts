import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand, tryCommand } from '../harness/run-command.ts'
import type { Registry } from '../harness/start-registry.ts'
import type { Say } from './steps.ts'

const assets = fileURLToPath(new URL('../../consumers/release/', import.meta.url))

export type Manager = 'npm' | 'pnpm'

export interface Consumers {
  /** A project that trusts `^1` of what is published, installed. */
  install(manager: Manager): Promise<void>
  /** Takes the newest versions its ranges allow. @returns version of the types it now has */
  update(manager: Manager): Promise<string>
  call(manager: Manager, say: Say): Promise<void>
  compiles(manager: Manager, say: Say): Promise<void>
  /** What the compiler says about the project's code; empty when it compiles. */
  compile(manager: Manager): Promise<string>
  commandLine(say: Say): Promise<void>
  /** The compilers and package checks of `pnpm test:ecosystem`, on what is published. */
  ecosystem(say: Say): Promise<void>
}

/** Projects of strangers, each in a folder of its own. */
export function createConsumers(folder: string, registry: Registry, root: string): Consumers {
  const at = (manager: string): string => join(folder, manager)
  const versionOf = async (manager: Manager): Promise<string> => {
    const script =
      "process.stdout.write(require('./node_modules/@cekura-kit/types/package.json').version)"
    return runCommand(at(manager), 'node', ['-e', script])
  }

  async function compile(manager: Manager): Promise<string> {
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { code, output } = await tryCommand(at(manager), 'node', [
      tsc,
      '-p',
      '.',
      '--pretty',
      'false',
    ])
    return code === 0 ? '' : output || `tsc ended with ${code}`
  }

  return {
    install: async (manager) => {
      await mkdir(at(manager), { recursive: true })
      await cp(assets, at(manager), { recursive: true })
      const dependencies = Object.fromEntries(
        ['types', 'client', 'mock'].map((name) => [`@cekura-kit/${name}`, '^1.0.0']),
      )
      const compilerOptions = {
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        module: 'nodenext',
        target: 'es2022',
        lib: ['es2022', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
        types: [],
      }
      const files = {
        '.npmrc': registry.npmrc,
        'package.json': JSON.stringify({ private: true, type: 'module', dependencies }),
        'tsconfig.json': JSON.stringify({ compilerOptions, files: ['read.ts'] }),
      }
      for (const [name, text] of Object.entries(files))
        await writeFile(join(at(manager), name), text)
      const quiet = manager === 'npm' ? ['--no-audit', '--no-fund', '--loglevel=error'] : []
      await runCommand(at(manager), manager, ['install', ...quiet])
    },
    update: async (manager) => {
      await runCommand(at(manager), manager, ['update'])
      return versionOf(manager)
    },
    call: async (manager, say) => {
      const said = await runCommand(at(manager), 'node', ['call.js'])
      if (said !== 'page of 5') throw new Error(`The call said "${said}", not "page of 5"`)
      say(`${said}, with ${await versionOf(manager)}`)
    },
    compile,
    compiles: async (manager, say) => {
      const errors = await compile(manager)
      if (errors) throw new Error(errors)
      say('TypeScript of the repository, skipLibCheck false')
    },
    commandLine: async (say) => {
      const place = at('command-line')
      await mkdir(place, { recursive: true })
      await writeFile(join(place, '.npmrc'), registry.npmrc)
      await writeFile(join(place, 'package.json'), '{"private":true}')
      const packument = (await (await fetch(`${registry.url}cekura-logs`)).json()) as {
        'dist-tags': { latest: string }
        versions: { [version: string]: { dist: { tarball: string } } }
      }
      const { tarball } = packument.versions[packument['dist-tags'].latest]!.dist
      await runCommand(place, 'npm', [
        'install',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        tarball,
      ])
      const program = join(place, 'node_modules/.bin/cekura-logs')
      const said = await runCommand(at('npm'), 'node', ['command-line.js', program])
      if (said !== '3 calls listed') throw new Error(`It said "${said}", not "3 calls listed"`)
      say(`${said} by cekura-logs ${packument['dist-tags'].latest}`)
    },
    ecosystem: async (say) => {
      const script = 'packages/proofs/src/ecosystem/run-ecosystem.ts'
      const words = ['--registry', registry.url, 'TypeScript', 'publint', 'attw']
      // Fourteen compilations and as many package checks, also on a machine with little to give.
      const { code, output } = await tryCommand(root, 'node', [script, ...words], {}, 1_500_000)
      if (code !== 0) throw new Error(output)
      say(output)
    },
  }
}
