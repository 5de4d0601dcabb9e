import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SpecDocument } from '@cekura-kit/spec'
import { MockError } from '../mock-error.ts'
import type { Exchange } from './prism-verifier.ts'
import type { Finding } from './violation.ts'

export interface PrismStart {
  document: SpecDocument
  /** Bodies generated from the schemas instead of the examples. */
  dynamic: boolean
}

/** A response to validate. */
export interface ToPrism {
  id: number
  exchange: Exchange
}

interface PrismResult {
  type: 'result'
  id: number
  findings?: Finding[]
  error?: string
}

export type FromPrism =
  | { type: 'ready'; url: string }
  | { type: 'failed'; reason: string }
  | PrismResult

/** Prism could not validate a response. */
export class NotValidated extends Error {
  override readonly name = 'NotValidated'
}

export interface PrismProcess {
  /** Base URL of Prism's own server, on the loopback interface. */
  url: string
  hasEnded(): boolean
  exited: Promise<void>
  /** @throws {NotValidated} if Prism cannot validate the response, or ends */
  verify(exchange: Exchange): Promise<Finding[]>
  kill(): void
}

const startWithinMs = 30_000

const here = import.meta.url
const childFile = fileURLToPath(
  new URL(here.endsWith('.ts') ? 'prism-child.ts' : 'prism-child.js', here),
)

/** What the child needs of this environment; neither a key nor a debugger. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'TZ', 'NODE_PATH']

function childEnvironment(): NodeJS.ProcessEnv {
  const known = inherited.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  // Under Plug'n'Play modules are found by a hook that these options load.
  const options = process.versions['pnp'] ? (process.env['NODE_OPTIONS'] ?? '') : ''
  return {
    ...Object.fromEntries(known),
    NODE_OPTIONS: options
      .split(' ')
      .filter((option) => !option.startsWith('--inspect'))
      .join(' '),
    // Prism fails to start in production mode.
    NODE_ENV: 'development',
    SCARF_ANALYTICS: 'false',
  }
}

/** The error of a process that failed, which precedes its stack. */
export function errorLine(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim())
  return lines.find((line) => /^(?:\w+ )?\w*Error\b.*:/.test(line)) ?? lines.find(Boolean) ?? ''
}

/**
 * Starts Prism in a child process, on a free port of the loopback interface.
 *
 * @returns the process once it listens
 * @throws {MockError} if it ends, fails, or takes longer than 30 seconds
 */
export function forkPrism(start: PrismStart): Promise<PrismProcess> {
  const child = fork(childFile, {
    env: childEnvironment(),
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    if (stderr.length < 20_000) stderr += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new MockError(`Prism did not start: ${why}`))
    }
    const timer = setTimeout(() => fail(`no response within ${startWithinMs} ms`), startWithinMs)
    child.once('message', (message: FromPrism) => {
      clearTimeout(timer)
      if (message.type === 'ready') resolve(toPrismProcess(child, message.url))
      else fail(message.type === 'failed' ? message.reason.split('\n')[0]! : 'unexpected message')
    })
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code, signal) =>
      fail(errorLine(stderr) || `its process ended with ${signal ?? code}`),
    )
    child.send(start, (error) => {
      if (error) fail(error.message)
    })
  })
}

function toPrismProcess(child: ChildProcess, url: string): PrismProcess {
  const pending = new Map<number, (result: PrismResult) => void>()
  let last = 0
  const hasEnded = (): boolean =>
    child.killed || child.exitCode !== null || child.signalCode !== null
  child.on('message', (message: FromPrism) => {
    if (message.type === 'result') pending.get(message.id)?.(message)
  })
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const [id, settle] of pending) settle({ type: 'result', id, error: 'Prism ended' })
      resolve()
    })
  })
  async function verify(exchange: Exchange): Promise<Finding[]> {
    const id = ++last
    const { findings, error } = await new Promise<PrismResult>((resolve) => {
      pending.set(id, resolve)
      if (hasEnded()) resolve({ type: 'result', id, error: 'Prism ended' })
      else child.send({ id, exchange }, () => {})
    })
    pending.delete(id)
    if (!findings) throw new NotValidated(error)
    return findings
  }
  // A stopped process would not receive a gentler signal.
  return { url, hasEnded, exited, verify, kill: () => void child.kill('SIGKILL') }
}
