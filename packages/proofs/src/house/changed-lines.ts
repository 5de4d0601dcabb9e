import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

async function git(root: string, ...args: string[]): Promise<string> {
  try {
    return (await run('git', args, { cwd: root, maxBuffer: 1 << 28 })).stdout
  } catch {
    // No git, or no such branch: nothing counts as changed.
    return ''
  }
}

/** Which lines differ from the main branch, files that git does not know yet included. */
export async function readChangedLines(
  root: string,
): Promise<(place: { file: string; line: number }) => boolean> {
  const [diff, untracked] = await Promise.all([
    git(root, 'diff', '--unified=0', '--no-color', '--no-ext-diff', '--merge-base', 'main'),
    git(root, 'ls-files', '--others', '--exclude-standard'),
  ])
  const created = new Set(untracked.split('\n'))
  const changed = new Set<string>()
  let file = ''
  for (const text of diff.split('\n')) {
    if (text.startsWith('+++ b/')) file = text.slice('+++ b/'.length)
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(text)
    if (!hunk) continue
    const [start, length] = [Number(hunk[1]), Number(hunk[2] ?? 1)]
    for (let line = start; line < start + length; line++) changed.add(`${file}:${line}`)
  }
  return (place) => created.has(place.file) || changed.has(`${place.file}:${place.line}`)
}
