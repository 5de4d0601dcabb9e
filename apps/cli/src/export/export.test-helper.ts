import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient, type CallLog } from '@cekura-kit/client'
import type { Mock } from '@cekura-kit/mock'
import type { Manifest } from './write/manifest.ts'
import { capture, type CaptureOptions } from '../captured.test-helper.ts'

const bin = fileURLToPath(new URL('../bin.ts', import.meta.url))
export const apiKey = 'canary-key-77'

export interface Ended {
  code: number | null
  output: string
}

/** A folder that goes with the test. */
export function createFolder() {
  const path = mkdtempSync(join(tmpdir(), 'export-'))
  return {
    path,
    at: (name: string): string => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
}

const environment = (url: string) => ({ CEKURA_API_KEY: apiKey, CEKURA_API_URL: url })

/** An export in a process of its own, which signals can reach. */
export function startExport(
  url: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  cwd?: string,
) {
  const child = spawn(process.execPath, [bin, 'export', '--agent', '2142', ...args], {
    env: { ...process.env, ...environment(url), ...env },
    ...(cwd !== undefined && { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = once(child, 'close').then(([code]): Ended => ({
    code: code as number | null,
    output,
  }))
  return { child, ended }
}

/** An export in this process. */
export const runExport = (url: string, args: readonly string[], options: CaptureOptions = {}) =>
  capture(['export', '--agent', '2142', ...args], {
    ...options,
    env: { ...environment(url), ...options.env },
  })

export async function control(mock: Mock, path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  const { ok, status } = await fetch(`${mock.controlUrl}${path}`, init)
  if (!ok) throw new Error(`${path} answered ${status}`)
}

export interface Asked {
  query: Record<string, string>
  status: number
}

/** The requests that the sandbox has answered. */
export const requestsOf = async (mock: Mock): Promise<Asked[]> =>
  (await (await fetch(`${mock.controlUrl}/requests`)).json()) as Asked[]

/** Every call of the sandbox's first agent, oldest first. */
export async function everyCall(mock: Mock): Promise<CallLog[]> {
  const { callLogs } = createClient({ apiKey, baseUrl: mock.url })
  const calls = await callLogs
    .list({ agent_id: 2142, page_size: 100 })
    .toArray({ limit: 1_000_000 })
  return calls.toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp) || a.id - b.id)
}

export const linesOf = (path: string): CallLog[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as CallLog)

export const idsOf = (path: string): number[] => linesOf(path).map(({ id }) => id)

export const readManifest = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Manifest
