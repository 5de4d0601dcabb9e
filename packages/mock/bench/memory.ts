import { line, load, path, residentMb, startExecutable } from './measure.ts'

// Up and down between what a fresh Prism takes and what one is replaced at, beside the process that
// stands ready; a leak goes past it.
const mostGrowthMb = 350
const requests = Number(process.env['MOCK_BENCH_REQUESTS'] ?? 100_000)

/** Resident memory of the mock's processes, before and after many requests. */
export async function benchMemory(): Promise<void> {
  console.log(`\nmemory in MB after 2000 requests, and after ${requests} more`)
  for (const mode of ['sandbox', 'static', 'dynamic', 'proxied']) {
    // Judging a page of calls takes Prism long, and keeps no more than judging one.
    const at = mode === 'proxied' ? `${path}&page_size=1` : path
    await using running = await startExecutable('--mode', mode)
    await load(running.url + at, { requests: 2000 })
    const before = residentMb(running.pid)
    const { failed } = await load(running.url + at, { requests })
    const after = residentMb(running.pid)
    line(mode, `${before.toFixed(0).padStart(6)} ${after.toFixed(0).padStart(6)}`, {
      isOver: after - before > mostGrowthMb || failed > 0,
      text: `${mostGrowthMb} more`,
    })
  }
}
