import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startMock } from '../src/index.ts'
import { agent, ask, descendants, line } from './measure.ts'

const cycles = Number(process.env['MOCK_BENCH_CYCLES'] ?? 1000)
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heapMb = (): number => {
  collect()
  return process.memoryUsage().heapUsed / 1e6
}
const handles = (): number =>
  process.getActiveResourcesInfo().filter((kind) => /TCP|Process|Pipe|FSEvent/.test(kind)).length

async function cycle(mode: 'sandbox' | 'proxied'): Promise<void> {
  await using mock = await startMock({ mode })
  if ((await ask(mock.url)) !== 200) throw new Error('A start did not answer')
}

async function settle(): Promise<void> {
  agent.destroy()
  for (let n = 0; n < 5; n++) await new Promise((done) => setImmediate(done))
}

/** What starting and stopping leaves behind. */
export async function benchCycles(): Promise<void> {
  // A folder for temporary files that nobody else uses.
  const folder = mkdtempSync(join(tmpdir(), 'mock-bench-'))
  process.env['TMPDIR'] = folder
  const left = () => ({
    processes: descendants(process.pid).length,
    handles: handles(),
    files: readdirSync(folder).length,
  })
  await cycle('proxied')
  await settle()
  const before = left()
  const heapBefore = heapMb()
  const start = performance.now()
  // Prism takes most of a second; every tenth cycle has it.
  for (let n = 0; n < cycles; n++) await cycle(n % 10 === 0 ? 'proxied' : 'sandbox')
  const seconds = (performance.now() - start) / 1000
  await settle()
  const after = left()
  rmSync(folder, { recursive: true })
  console.log(`\n${cycles} starts and stops in ${seconds.toFixed(0)} s leave behind`)
  for (const name of ['processes', 'handles', 'files'] as const) {
    const more = after[name] - before[name]
    line(name, String(more).padStart(6), { isOver: more > 0, text: '0' })
  }
  line('MB of heap', (heapMb() - heapBefore).toFixed(1).padStart(6))
}
