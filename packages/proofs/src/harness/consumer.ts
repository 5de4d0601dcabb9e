import { appendFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PackageSource } from './package-source.ts'
import { runCommand, tryCommand, type CommandOptions, type CommandResult } from './run-command.ts'

/** Commands of each package manager, run in the consumer's folder. */
const managers = {
  npm: {
    install: ['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error'],
    update: ['npm', 'update', '--no-audit', '--no-fund', '--loglevel=error'],
  },
  pnpm: { install: ['pnpm', 'install'], update: ['pnpm', 'update'] },
} as const

export type Manager = keyof typeof managers

export interface ConsumerOptions {
  /** An empty folder outside of the repository. */
  folder: string
  /** Name of the project's folder under `consumers/`. */
  files: string
  /** Our packages that it depends on, added to its `package.json`. */
  packages: readonly string[]
  source: PackageSource
  /** Default npm. */
  manager?: Manager
  /** Which dependencies of its `package.json` to install; default all. */
  needs?: readonly string[]
}

/** A project of a user, installed outside of the repository. */
export interface Consumer {
  folder: string
  /** Output of a command that must succeed. */
  run(command: string, ...args: string[]): Promise<string>
  /** Runs a command whatever its exit code. */
  try(command: string, args: readonly string[], options?: CommandOptions): Promise<CommandResult>
  /** Path of a command that a dependency brings. */
  bin(name: string): string
  read(file: string): Promise<string>
  write(file: string, text: string): Promise<void>
  /** Installs the newest versions that its ranges allow. */
  update(): Promise<void>
  /** Installed version of a package. */
  versionOf(name: string): Promise<string>
}

interface Manifest {
  dependencies?: { [name: string]: string }
  [field: string]: unknown
}

/** Copies a project of `consumers/` into a folder and installs it. */
export async function installConsumer(options: ConsumerOptions): Promise<Consumer> {
  const { folder, files, packages, source, manager = 'npm', needs } = options
  const runManager = async ([command, ...args]: readonly string[]): Promise<void> =>
    void (await runCommand(folder, command!, args))
  const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8')
  const write = (file: string, text: string): Promise<void> => writeFile(join(folder, file), text)

  await mkdir(folder, { recursive: true })
  await cp(fileURLToPath(new URL(`../../consumers/${files}/`, import.meta.url)), folder, {
    recursive: true,
  })
  const manifest = JSON.parse(await read('package.json')) as Manifest
  const own = Object.entries(manifest.dependencies ?? {}).filter(
    ([name]) => needs?.includes(name) ?? true,
  )
  const dependencies = {
    ...Object.fromEntries(own),
    ...Object.fromEntries(packages.map((name) => [name, source.rangeOf(name)])),
  }
  await write(
    'package.json',
    JSON.stringify({ ...manifest, dependencies, overrides: source.overrides }, null, 2),
  )
  if (source.npmrc) await write('.npmrc', source.npmrc)
  // pnpm reads overrides from here only; JSON is YAML.
  if (manager === 'pnpm')
    await appendFile(
      join(folder, 'pnpm-workspace.yaml'),
      `overrides: ${JSON.stringify(source.overrides)}\n`,
    )
  await runManager(managers[manager].install)

  return {
    folder,
    run: (command, ...args) => runCommand(folder, command, args),
    try: (command, args, more) => tryCommand(folder, command, args, more),
    bin: (name) => join(folder, 'node_modules', '.bin', name),
    read,
    write,
    update: () => runManager(managers[manager].update),
    versionOf: async (name) =>
      (JSON.parse(await read(`node_modules/${name}/package.json`)) as { version: string }).version,
  }
}
