import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { repository } from './repository.ts'
import { runCommand, tryCommand, type CommandOptions, type CommandResult } from './run-command.ts'

export interface Clone {
  folder: string
  git(...args: string[]): Promise<string>
  /** Output of a command that must succeed. */
  run(command: string, ...args: string[]): Promise<string>
  /** Runs a command whatever its exit code. */
  try(command: string, args: readonly string[], options?: CommandOptions): Promise<CommandResult>
  read(path: string): Promise<string>
  write(path: string, text: string): Promise<void>
  /** Everything as one commit on the current branch. */
  commit(subject: string): Promise<void>
}

const gitPath = (name: string): Promise<string> =>
  runCommand(repository, 'git', ['rev-parse', '--path-format=absolute', '--git-path', name])

const author = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@example.com']

/**
 * Copies the repository with its history and uncommitted work into a folder. Reads the repository
 * only: index and objects go to the copy. The copy is on the branch `main`, without `node_modules`.
 */
export async function cloneRepository(folder: string): Promise<Clone> {
  await mkdir(folder, { recursive: true })
  const git = (...args: string[]): Promise<string> =>
    runCommand(folder, 'git', [...author, ...args])
  await git('init', '-q', '-b', 'copy')
  const objects = await gitPath('objects')
  await writeFile(join(folder, '.git/objects/info/alternates'), `${objects}\n`)
  await cp(await gitPath('shallow'), join(folder, '.git/shallow')).catch(() => undefined)

  const env = {
    GIT_INDEX_FILE: join(folder, '.git/copied-index'),
    GIT_OBJECT_DIRECTORY: join(folder, '.git/objects'),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
  }
  const inRepository = (...args: string[]): Promise<string> =>
    runCommand(repository, 'git', [...author, ...args], { env })
  await inRepository('read-tree', 'HEAD')
  await inRepository('add', '-A')
  const tree = await inRepository('write-tree')
  const commit = await inRepository('commit-tree', tree, '-p', 'HEAD', '-m', 'Uncommitted work')
  await git('checkout', '-q', '-B', 'main', commit)
  return {
    folder,
    git,
    run: (command, ...args) => runCommand(folder, command, args),
    try: (command, args, options) => tryCommand(folder, command, args, options),
    read: (path) => readFile(join(folder, path), 'utf8'),
    write: (path, text) => writeFile(join(folder, path), text),
    commit: async (subject) => {
      await git('add', '-A')
      await git('commit', '-q', '--allow-empty', '-m', subject)
    },
  }
}
