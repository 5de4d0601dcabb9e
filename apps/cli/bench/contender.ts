// One contender in a process of its own: node contender.ts export|loop URL CONCURRENCY FORMAT TO
// exports January up to that instant and prints measurements. Time is from the first request on: what
// a start costs is measured by itself.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { createProcessIo } from '../src/io.ts'
import { main } from '../src/main.ts'

const given = process.argv.slice(2) as [string, string, string, string, string]
const [name, url, concurrency, format, to] = given
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const output = join(folder, `calls.${format}`)
const range = { from: '2025-01-01T00:00:00Z', to }

export interface Measurements {
  ms: number
  rows: number
  /** Time of the processor, the start of the program not in it. */
  cpuMs: number
  peakMb: number
  /** Resident memory when so many quarters were read. */
  quartersMb: number[]
}

const mb = (bytes: number): number => bytes / 2 ** 20
const quartersMb: number[] = []

async function runExport(): Promise<number> {
  const io = createProcessIo(process, new AbortController().signal)
  const residentMb: number[] = []
  const args = ['--agent', '2142', '--from', range.from, '--to', range.to]
  const how = ['--format', format, '--concurrency', concurrency, '--quiet', '--debug', '--json']
  let [printed, last] = ['', '']
  const code = await main(['export', ...args, ...how, '-o', output], {
    ...io,
    env: { CEKURA_API_KEY: 'k', CEKURA_API_URL: url, XDG_CONFIG_HOME: folder },
    stdout: {
      write(text, done) {
        done()
        printed += text
      },
    },
    stderr: {
      write(text, done) {
        done()
        last = text
        if (text.startsWith('debug: GET') && residentMb.length === 0) {
          begin = performance.now()
          cpu = process.cpuUsage()
        }
        residentMb.push(mb(process.memoryUsage.rss()))
      },
    },
  })
  if (code !== 0) throw new Error(`The export ended with ${code}: ${last}`)
  for (let quarter = 1; quarter <= 4; quarter++)
    quartersMb.push(residentMb[Math.ceil((residentMb.length * quarter) / 4) - 1]!)
  return (JSON.parse(printed) as { calls: number }).calls
}

/** What people write today. */
async function runLoop(): Promise<number> {
  const file = createWriteStream(output)
  let rows = 0
  for (let page = 1; ; page++) {
    const query = new URLSearchParams({
      agent_id: '2142',
      timestamp_from: range.from,
      timestamp_to: range.to,
      page_size: '100',
      page: String(page),
    })
    const response = await fetch(`${url}${operationDescriptors['callLogs.list'].path}?${query}`, {
      headers: { [apiKeyHeader]: 'k' },
    })
    const { results, next } = (await response.json()) as { results: object[]; next: string | null }
    for (const call of results) file.write(`${JSON.stringify(call)}\n`)
    rows += results.length
    if (next === null) break
  }
  file.end()
  await once(file, 'close')
  return rows
}

let begin = performance.now()
let cpu = process.cpuUsage()
try {
  const rows = name === 'export' ? await runExport() : await runLoop()
  const ms = performance.now() - begin
  const { user, system } = process.cpuUsage(cpu)
  const peakMb = process.resourceUsage().maxRSS / 1024
  console.log(
    JSON.stringify({
      ms,
      rows,
      cpuMs: (user + system) / 1000,
      peakMb,
      quartersMb,
    } satisfies Measurements),
  )
} finally {
  rmSync(folder, { recursive: true })
}
