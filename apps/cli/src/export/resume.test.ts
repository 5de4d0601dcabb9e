import { dayMs } from '@cekura-kit/call-format'
// Every way to write a range, through real processes.
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startMock, type Mock } from '@cekura-kit/mock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  apiKey,
  control,
  createFolder,
  everyCall,
  idsOf,
  linesOf,
  readManifest,
  requestsOf,
  runExport,
  startExport,
} from './export.test-helper.ts'

const bin = fileURLToPath(new URL('../bin.ts', import.meta.url))
const endMs = Math.floor(Date.now() / 1000) * 1000
let mock: Mock
let folder: ReturnType<typeof createFolder>
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 1500, startMs: endMs - 20 * dayMs, endMs })
})
afterAll(() => mock.close())
beforeEach(async () => {
  folder = createFolder()
  await mock.reset()
})
afterEach(() => folder[Symbol.dispose]())

/** Pastes a command line into a shell that has `cekura-logs`. */
function paste(line: string): Promise<{ code: number; output: string }> {
  const script = `cekura-logs() { "${process.execPath}" "${bin}" "$@"; }; ${line}`
  const env = { ...process.env, CEKURA_API_KEY: apiKey, CEKURA_API_URL: mock.url }
  return new Promise((resolve) => {
    execFile('bash', ['-c', script], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    )
  })
}

/** Starts an export and interrupts it after some requests. */
async function interrupt(args: string[], signal: NodeJS.Signals, cwd?: string): Promise<string> {
  const { child, ended } = startExport(mock.url, args, {}, cwd)
  while (child.exitCode === null && (await requestsOf(mock)).length < 8);
  child.kill(signal)
  return (await ended).output
}

const settled = async (): Promise<number[]> => {
  const calls = await everyCall(mock)
  return calls
    .filter(({ timestamp }) => Date.parse(timestamp) < endMs - 3_600_000)
    .map(({ id }) => id)
}

test.each([
  ['a relative start', ['--from', '30d']],
  ['relative ends', ['--from', '30d', '--to', '10m']],
  ['a date', ['--from', new Date(endMs - 25 * dayMs).toISOString().slice(0, 10)]],
])(
  'an interrupted export with %s resumes with the printed command and with the same words',
  async (_, range) => {
    for (const isPasted of [true, false]) {
      await mock.reset()
      const path = folder.at(`calls-${isPasted}`)
      const args = [...range, '--concurrency', '1', '--page-size', '20', '-o', path]
      const output = await interrupt(args, 'SIGINT')
      expect(output).toMatch(/Interrupted; [\d,]+ calls? saved\.\n/)
      const [, command] = /To resume: (.*)\n/.exec(output)!
      if (isPasted) {
        const { code, output: resumed } = await paste(command!)
        expect(resumed).toContain('(resumed)')
        expect(code).toBe(0)
      } else expect((await runExport(mock.url, args)).stderr).toContain('(resumed)')
      const found = idsOf(path)
      expect(new Set(found).size).toBe(found.length)
      expect(found).toEqual(expect.arrayContaining(await settled()))
    }
  },
)

test('a killed export with a relative start resumes with the same words', async () => {
  const args = ['--from', '30d', '--concurrency', '1', '--page-size', '20', '-o', folder.at('a')]
  await interrupt(args, 'SIGKILL')
  const { code, stderr } = await runExport(mock.url, args)
  expect(stderr).toContain('(resumed)')
  expect(code).toBe(0)
  expect(idsOf(folder.at('a'))).toEqual(expect.arrayContaining(await settled()))
})

test.each([
  ['--from', '30d'],
  ['--from', '3w'],
  ['--from', 'today'],
])(
  'a nightly export with %s %s adds new calls, replaces changed ones and keeps earlier ones',
  async (...from) => {
    const args = [...from, '-o', folder.at('a')]
    // The first one at 18:00 yesterday: at any time of the tests, that day has calls.
    const first = Math.floor(endMs / dayMs) * dayMs - dayMs / 4
    const nights = [0, 1, 2].map((day) => first + day * dayMs)
    expect((await runExport(mock.url, args, { now: nights[0]! })).code).toBe(0)
    const before = idsOf(folder.at('a'))
    const [sample] = await everyCall(mock)
    const late = linesOf(folder.at('a')).at(-1)!
    for (const [night, now] of nights.entries()) {
      if (night === 0) continue
      const id = 900_000_000 + night
      const timestamp = new Date(now - dayMs / 2).toISOString()
      await control(mock, '/insert', [{ ...sample, id, call_id: `call_${id}`, timestamp }])
      const updated_at = new Date(now).toISOString()
      await control(mock, '/update', { id: late.id, topic: `night ${night}`, updated_at })
      const { code, stderr } = await runExport(mock.url, args, { now })
      expect(stderr).toMatch(/\(extended\)\.\n\d+ new, 1 changed/)
      expect(code).toBe(0)
    }
    expect(idsOf(folder.at('a'))).toEqual(
      expect.arrayContaining([...before, 900_000_001, 900_000_002]),
    )
    expect(linesOf(folder.at('a')).find(({ id }) => id === late.id)!.topic).toBe('night 2')
    const { from: start } = readManifest(folder.at('a.manifest.json'))
    expect(Date.parse(start)).toBeLessThan(nights[0]!)
  },
)

test('another start is an error, and its suggestion continues the export', async () => {
  const args = ['--from', '30d', '-o', folder.at('a')]
  await runExport(mock.url, args)
  const { code, stderr } = await runExport(mock.url, ['--from', '7d', '-o', folder.at('a')])
  expect(code).toBe(7)
  expect(stderr).toMatch(/a was started with --from \S+; this run uses another range\./)
  const [, command] = /^Fix: (.*)$/m.exec(stderr)!
  expect(await paste(command!)).toMatchObject({ code: 0 })
})

test('two exports cannot write one output at the same time', async () => {
  const run = (pii: string) =>
    startExport(mock.url, [
      '--from',
      '30d',
      '--pii',
      pii,
      '--page-size',
      '20',
      '-o',
      folder.at('two.csv'),
      '--restart',
    ]).ended
  const [drop, keep] = await Promise.all([run('drop'), run('keep')])
  const codes = [drop.code, keep.code].toSorted((a, b) => Number(a) - Number(b))
  expect(codes).toEqual([0, 7])
  const { pii, files } = readManifest(folder.at('two.csv.manifest.json'))
  expect(pii).toBe(drop.code === 0 ? 'drop' : 'keep')
  expect(readFileSync(folder.at('two.csv')).length).toBe(files[0]!.bytes)
  const refused = drop.code === 7 ? drop : keep
  expect(refused.output).toContain('is already writing')
})

const runIn = (name: string) =>
  startExport(mock.url, ['--from', '30d', '-o', 'calls.ndjson'], {}, folder.at(name)).ended

test('the same export in two working folders is two exports', async () => {
  for (const name of ['one', 'two']) mkdirSync(join(folder.path, name))
  expect((await Promise.all([runIn('one'), runIn('two')])).map(({ code }) => code)).toEqual([0, 0])
})
