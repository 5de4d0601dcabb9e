import { appendFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../harness/run-command.ts'

export interface Clone {
  folder: string
  git(...args: string[]): Promise<string>
  run(command: string, ...args: string[]): Promise<string>
  read(path: string): Promise<string>
  write(path: string, text: string): Promise<void>
  /** Everything as one commit on the current branch. */
  commit(subject: string): Promise<void>
}

const author = ['-c', 'user.name=release-trial', '-c', 'user.email=trial@example.com']

/**
 * Copies the repository as it lies there, uncommitted work included, with its history, and
 * without touching it.
 */
export async function cloneRepository(root: string, folder: string): Promise<Clone> {
  await mkdir(folder, { recursive: true })
  const git = (...args: string[]): Promise<string> =>
    runCommand(folder, 'git', [...author, ...args])
  await git('init', '-q', '-b', 'trial')
  const place = (name: string): Promise<string> =>
    runCommand(root, 'git', ['rev-parse', '--path-format=absolute', '--git-path', name])
  const objects = await place('objects')
  await writeFile(join(folder, '.git/objects/info/alternates'), `${objects}\n`)
  await cp(await place('shallow'), join(folder, '.git/shallow')).catch(() => undefined)

  // An index and an object store of our own: the repository's stay as they are.
  const aside = {
    GIT_INDEX_FILE: join(folder, '.git/aside'),
    GIT_OBJECT_DIRECTORY: join(folder, '.git/objects'),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
  }
  const outside = (...args: string[]): Promise<string> =>
    runCommand(root, 'git', [...author, ...args], aside)
  await outside('read-tree', 'HEAD')
  await outside('add', '-A')
  const tree = await outside('write-tree')
  const commit = await outside('commit-tree', tree, '-p', 'HEAD', '-m', 'As it lies there')
  await git('checkout', '-q', '-B', 'main', commit)
  await appendFile(join(folder, '.git/info/exclude'), '.npmrc\n')
  return {
    folder,
    git,
    run: (command, ...args) => runCommand(folder, command, args),
    read: (path) => readFile(join(folder, path), 'utf8'),
    write: (path, text) => writeFile(join(folder, path), text),
    commit: async (subject) => {
      await git('add', '-A')
      await git('commit', '-q', '--allow-empty', '-m', subject)
    },
  }
}
