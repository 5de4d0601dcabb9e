import type { Measurements } from './contender.ts'
import { exportFormats } from '../src/export/write/paths.ts'
import { line, run, serve } from './measure.ts'

const rows = Number(process.env['CLI_BENCH_ROWS'] ?? 100_000)
const wholeMonth = '2025-02-01T00:00:00Z'
const limitMb = 400
/** The last quarter may be so much over the second one, when everything is warm; what grows with the calls would be twice it. */
const maxGrowth = 1.25

/** Resident memory of an export of as many calls as the sandbox holds: at each quarter that is read, and at its peak. */
export async function benchMemory(): Promise<void> {
  await using sandbox = await serve('sandbox.ts', rows)
  console.log(`\nmemory of an export of ${rows} calls, MB`)
  for (const format of exportFormats) {
    const measurements = await run<Measurements>(
      'contender.ts',
      'export',
      sandbox.url,
      '4',
      format,
      wholeMonth,
    )
    if (measurements.rows !== rows) throw new Error(`The export has ${measurements.rows} calls`)
    const { quartersMb, peakMb, ms } = measurements
    line(`${format}, each quarter read`, quartersMb.map((mb) => mb.toFixed(0)).join(' '), {
      isOver: quartersMb.at(-1)! > quartersMb[1]! * maxGrowth,
      text: `${maxGrowth} of the second`,
    })
    line(
      `${format}, peak`,
      `${peakMb.toFixed(0)} (${((rows / ms) * 1000).toFixed(0)} calls a second)`,
      {
        isOver: peakMb > limitMb,
        text: String(limitMb),
      },
    )
  }
}
