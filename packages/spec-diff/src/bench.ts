import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { mutate, mutations } from './mutations.ts'
import { createLargeDocument } from './large-document.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'spec-diff-bench-'))
const main = join(import.meta.dirname, 'main.ts')

/** Seconds and peak megabytes of a command. */
function measure(command: string, args: string[]): { seconds: number; megabytes: number } {
  const start = performance.now()
  // The peak is the child's own word, printed last on stderr.
  const { stderr, status } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: root,
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`)
  return {
    seconds: (performance.now() - start) / 1000,
    megabytes: Number(/peak (\d+)/.exec(stderr)?.[1] ?? Number.NaN),
  }
}

const peak = join(folder, 'peak.mjs')
writeFileSync(
  peak,
  "process.on('exit', () => console.error(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)}`))\n",
)

try {
  const change = mutations.find(({ name }) => name === 'read: optional property removed')!
  for (const paths of [195, 390, 780]) {
    const document = createLargeDocument(paths)
    const [before, after] = ['before', 'after'].map((name) => join(folder, `${name}.json`)) as [
      string,
      string,
    ]
    const text = JSON.stringify(document, null, 2)
    writeFileSync(before, text)
    writeFileSync(after, JSON.stringify(mutate(document, [change]), null, 2))
    const { seconds, megabytes } = measure(process.execPath, [
      '--import',
      peak,
      main,
      before,
      after,
      '--json',
    ])
    console.log(
      `spec-diff, ${paths} paths, ${(text.length / 1e6).toFixed(1)} MB: ${seconds.toFixed(2)} s, ${((seconds / paths) * 1000).toFixed(1)} ms a path, peak ${megabytes} MB`,
    )
  }
  const regenerate = join(import.meta.dirname, 'regenerate-main.ts')
  console.log(`regenerate, cold: ${measure(process.execPath, [regenerate]).seconds.toFixed(2)} s`)
  measure('pnpm', ['-s', 'regenerate'])
  console.log(
    `regenerate, nothing to do, through the cache: ${measure('pnpm', ['-s', 'regenerate']).seconds.toFixed(2)} s`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
