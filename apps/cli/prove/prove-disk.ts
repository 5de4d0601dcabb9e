import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startMock } from '@cekura-kit/mock'
import { apiKey, createFolder, startExport } from '../src/export/export.test-helper.ts'

const bin = fileURLToPath(new URL('../src/bin.ts', import.meta.url))
const half = ['--from', '2025-01-01', '--to', '2025-01-16']
const whole = ['--from', '2025-01-01', '--to', '2025-02-01']

/**
 * Runs where a tmpfs may be mounted, and tells codes, hashes and names. The state of the whole range
 * is there and the file is that of the half, with room for the state and not for the file.
 */
const script = `
mount -t tmpfs -o size=32m tmpfs "$ROOM" || exit 99
run() { "$NODE" "$BIN" export --agent 2142 "$@" -o "$ROOM/a" >&2; echo $?; }
look() { sha256sum < "$ROOM/a" | cut -c1-64; ls -A "$ROOM" | tr '\\n' ' '; echo; }
run ${half.join(' ')}; look
cp "$ROOM/a" "$KEPT"; run ${whole.join(' ')} > /dev/null; cp "$KEPT" "$ROOM/a"
mount -o remount,size=$(($(du -sk "$ROOM" | cut -f1) + 200))k "$ROOM"
run ${whole.join(' ')}; look
mount -o remount,size=32m "$ROOM"
run ${whole.join(' ')}; look
`

/**
 * A disk that is full, a real one: the old file stays whole, and the same command goes on once there
 * is room.
 *
 * @returns undefined without the right to mount a file system
 */
export async function proveDisk(): Promise<{ holds: boolean; printed: string } | undefined> {
  await using mock = await startMock({ mode: 'sandbox', rows: 1500 })
  using folder = createFolder()
  using room = createFolder()
  const calm = folder.at('calm')
  await startExport(mock.url, [...whole, '-o', calm]).ended
  const places = { ROOM: room.path, KEPT: folder.at('kept'), NODE: process.execPath, BIN: bin }
  const settings = { CEKURA_API_KEY: apiKey, CEKURA_API_URL: mock.url }
  const child = spawn('unshare', ['-rm', 'sh', '-c', script], {
    env: { ...process.env, ...places, ...settings },
  })
  let [printed, notes] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (notes += text))
  // A machine without unshare tells an error, and closes all the same.
  child.on('error', () => {})
  const [code] = (await once(child, 'close').catch(() => [null])) as [number | null]
  if (code !== 0) return undefined
  const [first, before, , full, after, names, again, end] = printed.split('\n')
  const holds =
    [first, full, again].join(' ') === '0 5 0' &&
    before === after &&
    names!.trim() === 'a a.manifest.json a.state' &&
    notes.includes('ENOSPC') &&
    end === createHash('sha256').update(readFileSync(calm)).digest('hex')
  return { holds, printed: printed + notes }
}
