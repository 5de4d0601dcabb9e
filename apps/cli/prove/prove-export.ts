// The guarantees of the export at length: pnpm --filter cekura-logs prove [KILLS] [SEEDS]; 12 2 is a quick look.
// SIGKILLs while connections break, calls that come and go, a full disk, and an answer that stalls. Progress is on stderr, results
// are on stdout. Ends with 1 when a guarantee does not hold.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { startMock } from '@cekura-kit/mock'
import { createRandom, startChurn, walkPlainly } from '../src/export/churn.test-helper.ts'
import { createFolder, everyCall, idsOf, startExport } from '../src/export/export.test-helper.ts'
import { planPaths } from '../src/export/write/paths.ts'
import { proveDisk } from './prove-disk.ts'

const [kills = 200, seeds = 20] = process.argv.slice(2).map(Number)
if (![kills, seeds].every((count) => Number.isSafeInteger(count) && count > 0)) {
  console.error(
    `Cannot prove "${process.argv.slice(2).join(' ')}": give two whole numbers above 0, the kills and the seeds`,
  )
  process.exit(2)
}
/** Runs one export may take; each that is killed has kept some windows, so far fewer do. */
const maxRuns = 200
/** Responses after which a run is killed at the latest; there is one per window. */
const maxResponses = 24
const formats = ['ndjson', 'csv', 'parquet'] as const
const january = ['--from', '2025-01-01', '--to', '2025-02-01', '--quiet']
const random = createRandom(7)
const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
let failures = 0
const tell = (holds: boolean, text: string): void => {
  if (!holds) failures += 1
  console.log(`${holds ? 'holds' : 'FAILS'}  ${text}`)
}

/** Runs one export to its end, however often it is killed; returns how often it was. */
async function exportUnderKills(url: string, args: readonly string[]): Promise<number> {
  let killed = 0
  for (let run = 1; run <= maxRuns; run++) {
    const { child, ended } = startExport(url, args)
    // By its responses, and a moment more: a busy machine must not kill idle processes only, and
    // the files are written after the last response.
    let responses = Math.floor(random() * maxResponses)
    let kill: NodeJS.Timeout | undefined
    child.stderr.on('data', (text: string) => {
      responses -= text.split(/^debug: \d/m).length - 1
      if (responses < 0) kill ??= setTimeout(() => child.kill('SIGKILL'), random() * 100)
    })
    const { code, output } = await ended
    clearTimeout(kill)
    if (code === 0) return killed
    if (code === null) killed += 1
    else if (code !== 5) throw new Error(`An export ended with ${code}:\n${output}`)
  }
  throw new Error(`An export has not ended after ${maxRuns} runs, ${killed} of them killed`)
}

async function proveKills(): Promise<void> {
  const dayMs = 86_400_000
  const now = Date.now()
  const [startMs, endMs] = [now - 25 * dayMs, now - dayMs]
  // Relative words mean another time in each rerun; the calls are in the range of both.
  const ranges = [
    ['--from', '30d'],
    ['--from', new Date(startMs).toISOString(), '--to', new Date(now).toISOString()],
  ]
  await using calm = await startMock({ mode: 'proxied', rows: 3000, startMs, endMs })
  await using rough = await startMock({
    mode: 'proxied',
    rows: 3000,
    startMs,
    endMs,
    latencyMs: 30,
    transport: 'p=0.05,seed=7,faults=reset|reset-after-headers|truncate@300|bad-json|html-502',
  })
  using folder = createFolder()
  for (const format of formats) {
    const argsOf = (path: string, range: number): string[] => [
      ...ranges[range % ranges.length]!,
      '--debug',
      '--format',
      format,
      '-o',
      path,
    ]
    const filesOf = (path: string): string[] =>
      format === 'parquet' ? [path, planPaths(path).metrics] : [path]
    const whole = folder.at(`whole.${format}`)
    const { code, output } = await startExport(calm.url, argsOf(whole, 1)).ended
    if (code !== 0) throw new Error(output)
    const wanted = filesOf(whole).map(hash)
    let [killed, exports, same] = [0, 0, 0]
    while (killed < Math.ceil(kills / formats.length)) {
      const path = folder.at(`${exports}.${format}`)
      killed += await exportUnderKills(rough.url, argsOf(path, exports))
      exports += 1
      if (filesOf(path).every((file, at) => hash(file) === wanted[at])) same += 1
      console.error(`${format}: ${killed} kills in ${exports} exports`)
    }
    tell(
      same === exports,
      `${format}: ${killed} kills in ${exports} exports, ${same} of them with the bytes of an undisturbed one`,
    )
  }
  const wrong = [calm, rough].flatMap((mock) => mock.violations())
  tell(wrong.length === 0, 'Prism found nothing wrong with what was asked and answered')
}

const sum = (counts: object): number =>
  Object.values(counts).reduce((total: number, count: number) => total + count, 0)

async function proveChurn(): Promise<void> {
  await using mock = await startMock({ mode: 'proxied', rows: 1500 })
  const calls = await everyCall(mock)
  let [lost, doubled, lostByWalk, walksThatLose] = [0, 0, 0, 0]
  const writes = { inserted: 0, late: 0, reviewed: 0, deleted: 0, pairs: 0 }
  for (let seed = 1; seed <= seeds; seed++) {
    using folder = createFolder()
    await mock.reset()
    {
      await using churn = await startChurn(mock, calls, { seed, perRequest: 1 })
      const args = [...january, '--page-size', '20', '-o', folder.at('a')]
      const { code, output } = await startExport(churn.url, args).ended
      if (code !== 0) throw new Error(output)
      const found = idsOf(folder.at('a'))
      const unique = new Set(found)
      doubled += found.length - unique.size
      lost += [...churn.throughout()].filter((id) => !unique.has(id)).length
      for (const [kind, count] of Object.entries(churn.writes()))
        writes[kind as keyof typeof writes] += count
    }
    await mock.reset()
    await using churn = await startChurn(mock, calls, { seed, perRequest: 1 })
    const walked = await walkPlainly(churn.url, 20)
    const missed = [...churn.throughout()].filter((id) => !walked.has(id)).length
    lostByWalk += missed
    if (missed > 0) walksThatLose += 1
    console.error(`seed ${seed}: ${lost} lost, ${doubled} doubled; by the plain walk ${lostByWalk}`)
  }
  const { inserted, late, reviewed, deleted, pairs } = writes
  tell(
    lost === 0 && doubled === 0,
    `${seeds} exports of 1500 calls under ${sum(writes)} writes: ${lost} calls lost, ${doubled} doubled`,
  )
  console.log(
    `       ${inserted} new, ${late} late, ${reviewed} reviewed, ${deleted} deleted, ${pairs} deleted with another inserted`,
  )
  console.log(
    `       a plain walk of the pages under the same: ${lostByWalk} calls lost, in ${walksThatLose} of ${seeds} walks`,
  )
}

/** An answer that stalls for good, with the default timeout of 30 s. */
async function proveStall(): Promise<void> {
  await using mock = await startMock({ mode: 'sandbox', rows: 600, transport: '2:stall@300' })
  using folder = createFolder()
  const start = performance.now()
  const { code, output } = await startExport(mock.url, [...january, '-o', folder.at('a')]).ended
  const seconds = (performance.now() - start) / 1000
  const calls = code === 0 ? new Set(idsOf(folder.at('a'))).size : 0
  tell(
    calls === 600 && seconds > 30,
    `an answer that stalls is asked for again: ${calls} of 600 calls in ${seconds.toFixed(0)} s`,
  )
  if (code !== 0) console.error(output)
}

async function proveFullDisk(): Promise<void> {
  const found = await proveDisk()
  const what = 'a full disk leaves the old file whole, and the same command goes on'
  if (!found) console.log(`unseen ${what}: this machine mounts none for us`)
  else tell(found.holds, what)
  if (found?.holds === false) console.error(found.printed)
}

const begin = performance.now()
await proveFullDisk()
await proveStall()
await proveChurn()
await proveKills()
console.log(`${((performance.now() - begin) / 1000).toFixed(0)} s`)
process.exitCode = failures === 0 ? 0 : 1
