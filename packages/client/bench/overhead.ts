// What a call costs compared with a bare fetch and one JSON.parse of the same response, without a network:
// node bench/overhead.ts [ROUNDS]
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { installPeers } from './install-peers.ts'

const contender = fileURLToPath(new URL('contender.ts', import.meta.url))
const names = [
  'bare fetch',
  'this client',
  'this client, raw',
  'openapi-fetch',
  'hey-api',
  'ofetch',
  'openai',
  'ky',
  'axios',
]
const rounds = Number(process.argv[2] ?? 7)
const goals: Record<number, number> = { 1: 1.6, 100: 1.05 }

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!

const folder = installPeers()
try {
  for (const records of [1, 100]) {
    const times = new Map<string, number[]>(names.map((name) => [name, []]))
    // Interleaved, so that a slow moment of the machine falls on all of them.
    for (let round = 0; round < rounds; round++)
      for (const [name, all] of times)
        all.push(Number(execFileSync(process.execPath, [contender, name, String(records), folder])))
    console.log(
      `\n${records} ${records === 1 ? 'record' : 'records'} a page, median of ${rounds} rounds`,
    )
    for (const [name, all] of times) {
      const ratios = all.map((time, round) => time / times.get('bare fetch')![round]!)
      console.log(
        `${name.padEnd(18)} ${median(all).toFixed(1).padStart(7)} µs a call  ${median(ratios).toFixed(2).padStart(5)}× (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
      )
    }
    console.log(`goal of this client: ${goals[records]}×`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
