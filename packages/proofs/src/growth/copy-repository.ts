import { execFile, type ExecFileException } from 'node:child_process'
import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../../../..', import.meta.url))

export interface CommandResult {
  code: number
  output: string
}

/** Runs a command to its end, without variables of a surrounding package manager or task runner. */
export const runIn = (
  folder: string,
  command: string,
  args: readonly string[],
): Promise<CommandResult> =>
  new Promise((resolve) => {
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(p?npm_(?!config_)|turbo_)/i.test(name)),
    )
    const options = {
      cwd: folder,
      env: { ...env, NO_COLOR: '1' },
      maxBuffer: 1 << 28,
      timeout: 600_000,
    }
    execFile(command, args, options, (error: ExecFileException | null, stdout, stderr) =>
      resolve({
        code: error ? Number(error.code ?? 1) || 1 : 0,
        output: `${stdout}\n${stderr}`.trim(),
      }),
    )
  })

export interface RepositoryCopy extends AsyncDisposable {
  folder: string
  run(command: string, ...args: string[]): Promise<CommandResult>
  /** Files that differ from the repository, relative to the folder. */
  changedFiles(): Promise<string[]>
  /** Undoes every change. */
  reset(): Promise<void>
}

/**
 * Copies the files of the repository that git knows or would add, with uncommitted work, to a new
 * folder with its own git history and installed dependencies.
 *
 * @throws {Error} if the dependencies cannot be installed
 */
export async function copyRepository(): Promise<RepositoryCopy> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'cekura-growth-')))
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true })
  const run = (command: string, ...args: string[]): Promise<CommandResult> =>
    runIn(folder, command, args)
  const mustRun = async (command: string, ...args: string[]): Promise<string> => {
    const { code, output } = await run(command, ...args)
    if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${output.slice(-2000)}`)
    return output
  }
  try {
    const listed = await runIn(repository, 'git', ['ls-files', '-co', '--exclude-standard', '-z'])
    for (const file of listed.output.split('\0').filter(Boolean))
      await cp(join(repository, file), join(folder, file), { verbatimSymlinks: true }).catch(
        ({ code }: NodeJS.ErrnoException) => {
          // Git lists a file that was deleted and not committed.
          if (code !== 'ENOENT') throw new Error(`Cannot copy ${file}: ${code}`)
        },
      )
    await mustRun('git', 'init', '-q', '-b', 'main')
    await mustRun('git', 'add', '-A')
    await mustRun(
      'git',
      '-c',
      'user.name=growth',
      '-c',
      'user.email=growth@example.com',
      'commit',
      '-qm',
      'Copy',
    )
    await mustRun('pnpm', 'install', '--frozen-lockfile', '--prefer-offline')
  } catch (error) {
    await dispose()
    throw error
  }
  return {
    folder,
    run,
    async changedFiles() {
      await mustRun('git', 'add', '-A')
      const output = await mustRun('git', 'diff', '--cached', '--name-only', 'HEAD')
      return output.split('\n').filter(Boolean)
    },
    async reset() {
      await mustRun('git', 'reset', '-q', '--hard')
      await mustRun('git', 'clean', '-qfd')
    },
    [Symbol.asyncDispose]: dispose,
  }
}

/** Whether a file is written by `pnpm regenerate`. */
export async function isGenerated({ folder }: RepositoryCopy, file: string): Promise<boolean> {
  if (file.startsWith('.changeset/') || file === 'packages/types/openapi.json') return true
  const text = await readFile(join(folder, file), 'utf8').catch(() => '')
  return (
    dirname(file) === 'packages/types/src' && text.startsWith('// Generated from spec/openapi.yaml')
  )
}
