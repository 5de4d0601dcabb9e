// Real disks that refuse: what was there before stays whole.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startMock, type Mock } from '@cekura-kit/mock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { apiKey, createFolder, runExport, type Ended } from '../export.test-helper.ts'

const bin = fileURLToPath(new URL('../../bin.ts', import.meta.url))
const half = ['--from', '2025-01-01', '--to', '2025-01-16']
const whole = ['--from', '2025-01-01', '--to', '2025-02-01']
let mock: Mock
let folder: ReturnType<typeof createFolder>
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 1500 })
})
afterAll(() => mock.close())
beforeEach(() => {
  folder = createFolder()
})
afterEach(() => folder[Symbol.dispose]())

/** An export that may write files of so many blocks of 1024 bytes. */
async function runWithin(blocks: number, args: string[]): Promise<Ended> {
  const command = 'ulimit -f "$0"; exec "$@"'
  const child = spawn(
    'bash',
    ['-c', command, String(blocks), process.execPath, bin, 'export', '--agent', '2142', ...args],
    { env: { ...process.env, CEKURA_API_KEY: apiKey, CEKURA_API_URL: mock.url } },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

test.each(['ndjson', 'parquet'])(
  'a full disk ends %s with exit code 5 and leaves the old file whole',
  async (format) => {
    const output = folder.at(`a.${format}`)
    const args = ['--format', format, '-o', output]
    await runExport(mock.url, [...half, ...args])
    const before = readFileSync(output)
    // Read everything first, so that it is the output that does not fit.
    const grown = await runExport(mock.url, [...whole, ...args])
    expect(grown.code).toBe(0)
    const after = readFileSync(output)
    writeFileSync(output, before)
    const { code, output: printed } = await runWithin(Math.ceil(before.length / 2048), [
      ...whole,
      ...args,
    ])
    expect(printed).toMatch(/Cannot write .*\/a\.(metrics\.)?(ndjson|parquet): EFBIG/)
    expect(printed).toMatch(/Fix: cekura-logs export .*  # when it is writable/)
    expect(code).toBe(5)
    expect(readFileSync(output).equals(before)).toBe(true)
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([])
    expect((await runExport(mock.url, [...whole, ...args])).code).toBe(0)
    expect(readFileSync(output).equals(after)).toBe(true)
  },
)

test('a disk too small for the state ends with exit code 5 and names the state', async () => {
  const { code, output } = await runWithin(200, [...whole, '-o', folder.at('a')])
  expect(output).toContain(`Cannot write ${folder.at('a.state')}`)
  expect(code).toBe(5)
  expect(existsSync(folder.at('a'))).toBe(false)
  const { stderr } = await runExport(mock.url, [...whole, '-o', folder.at('a')])
  expect(stderr).toContain('1,500 calls')
})

test('a file that cannot be moved to its place leaves the state ready to go on', async () => {
  // Of two files: the first is in its place by then.
  const blocked = folder.at('a.metrics.parquet')
  const args = [...half, '-o', folder.at('a.parquet')]
  await runExport(mock.url, args)
  rmSync(blocked)
  mkdirSync(join(blocked, 'in the way'), { recursive: true })
  const { code, stderr } = await runExport(mock.url, args)
  expect(stderr).toContain(`Cannot write ${blocked}: `)
  expect(code).toBe(5)
  rmSync(blocked, { recursive: true })
  expect((await runExport(mock.url, args)).code).toBe(0)
  expect(readFileSync(blocked, 'latin1')).toContain('PAR1')
})

/** Makes a folder read-only, for root too. @returns what undoes it */
function makeReadOnly(path: string): () => void {
  if (process.getuid!() !== 0) {
    chmodSync(path, 0o500)
    return () => chmodSync(path, 0o700)
  }
  for (const args of [
    ['--bind', path, path],
    ['-o', 'remount,bind,ro', path],
  ])
    if (spawnSync('mount', args).status !== 0) throw new Error(`mount ${args.join(' ')}`)
  return () => void spawnSync('umount', [path])
}

test('a folder that is read-only ends with exit code 5 and its path', async () => {
  const place = folder.at('place')
  mkdirSync(place)
  const undo = makeReadOnly(place)
  try {
    const output = join(place, 'a')
    const { code, stderr } = await runExport(mock.url, [...half, '-o', output])
    expect(stderr).toMatch(/Cannot write .*\/place\/a\.state: /)
    expect(code).toBe(5)
  } finally {
    undo()
  }
  expect(readdirSync(place)).toEqual([])
})
