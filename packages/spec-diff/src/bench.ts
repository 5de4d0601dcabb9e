import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import type { Json, SpecDocument } from '@cekura-kit/spec'
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

function compare(what: string, before: SpecDocument, after: SpecDocument): void {
  const files = Object.entries({ before, after }).map(([name, document]) => {
    const file = join(folder, `${name}.json`)
    writeFileSync(file, JSON.stringify(document, null, 2))
    return file
  })
  const paths = Object.keys(before['paths']!).length
  const { seconds, megabytes } = measure(process.execPath, [
    '--import',
    peak,
    main,
    ...files,
    '--json',
  ])
  console.log(
    `spec-diff, ${what}, ${(statSync(files[0]!).size / 1e6).toFixed(1)} MB: ${seconds.toFixed(2)} s, ${((seconds / paths) * 1000).toFixed(1)} ms a path, peak ${megabytes} MB`,
  )
}

/** Another word in every path, so that none can be left out. */
const editEach = (document: SpecDocument): SpecDocument => ({
  ...document,
  paths: Object.fromEntries(
    Object.entries(document['paths'] as { [path: string]: { [key: string]: Json } }).map(
      ([path, item]) => [path, { ...item, description: 'Edited.' }],
    ),
  ),
})

const peak = join(folder, 'peak.mjs')
writeFileSync(
  peak,
  "process.on('exit', () => console.error(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)}`))\n",
)

try {
  const one = mutations.find(({ name }) => name === 'read: optional property removed')!
  for (const paths of [195, 390, 780]) {
    const document = createLargeDocument(paths)
    compare(`${paths} paths, one edit that all lead to`, document, mutate(document, [one]))
    compare(`${paths} paths, each with an edit`, document, editEach(document))
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
