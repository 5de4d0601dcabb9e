import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Registry } from '../harness/registry.ts'
import { runCommand, type CommandOptions } from '../harness/run-command.ts'
import type { Manager } from './managers.ts'

export interface ProjectOptions {
  /** Packages and ranges, ours included. */
  dependencies: { [name: string]: string }
  /** `type` of its `package.json`; default `module`. */
  type?: 'commonjs' | 'module'
}

/** A user's project outside of the repository, installed from a registry. */
export interface Project {
  folder: string
  /** Runs a program of the project as its package manager does. */
  node(file: string, ...args: string[]): Promise<string>
  /** Runs a command that a dependency brings. */
  bin(name: string, args: readonly string[], options?: CommandOptions): Promise<string>
  binPath(name: string): string
  /** Compiles files strictly, without `skipLibCheck`. @returns what the compiler prints */
  compile(files: readonly string[], compilerOptions?: object, flags?: string[]): Promise<string>
  read(file: string): Promise<string>
  write(file: string, text: string): Promise<void>
}

const compilerDefaults = {
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  target: 'es2022',
  module: 'nodenext',
  // cspell:ignore asynciterable
  lib: ['es2022', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
  types: [],
}

/** Copies `consumers/cells` into a folder and installs it. */
export async function installProject(
  folder: string,
  manager: Manager,
  registry: Registry,
  { dependencies, type = 'module' }: ProjectOptions,
): Promise<Project> {
  const files = fileURLToPath(new URL('../../consumers/cells/', import.meta.url))
  await mkdir(folder, { recursive: true })
  await cp(files, folder, { recursive: true })
  const write = (file: string, text: string): Promise<void> => writeFile(join(folder, file), text)
  await write('package.json', JSON.stringify({ name: 'cell', private: true, type, dependencies }))
  await manager.configure(folder, registry)
  const [installer, ...installArgs] = manager.install
  await runCommand(folder, installer, installArgs)

  const [program, ...programArgs] = manager.node ?? [process.execPath]
  const node = (file: string, ...args: string[]): Promise<string> =>
    runCommand(folder, program, [...programArgs, file, ...args])
  const binPath = (name: string): string => join(folder, 'node_modules/.bin', name)
  return {
    folder,
    node,
    binPath,
    bin: (name, args, options) => runCommand(folder, binPath(name), args, options),
    async compile(names, compilerOptions = {}, flags = []) {
      const options = { ...compilerDefaults, ...compilerOptions }
      await write('tsconfig.json', JSON.stringify({ compilerOptions: options, files: names }))
      const args = ['-p', '.', '--pretty', 'false', ...flags]
      return runCommand(folder, process.execPath, ['node_modules/typescript/bin/tsc', ...args])
    },
    read: (file) => readFile(join(folder, file), 'utf8'),
    write,
  }
}
