import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SpecDocument } from '@cekura-kit/spec'
import { MockError } from './mock-error.ts'

export interface PrismStart {
  document: SpecDocument
  dynamic: boolean
  /** Service to stand in front of and to verify; Prism answers itself when there is none. */
  upstream?: string | undefined
  host: string
  port: number
}

export type PrismMessage =
  | { type: 'ready'; url: string }
  | { type: 'refused'; reason: string }
  /** The raw `sl-violations` header of an answer. */
  | { type: 'violation'; text: string }

export interface PrismProcess {
  url: string
  child: ChildProcess
}

const here = import.meta.url
const childFile = fileURLToPath(
  new URL(here.endsWith('.ts') ? 'prism-child.ts' : 'prism-child.js', here),
)

/**
 * Starts Prism in a child process.
 *
 * @returns the process once it listens
 * @throws {MockError} when it cannot listen, or ends before it does
 */
export function forkPrism(start: PrismStart): Promise<PrismProcess> {
  const child = fork(childFile, {
    // Prism's own multiprocess and pretty-printing paths break in production mode.
    // Under `node --watch` this variable would make the child speak the watcher's protocol.
    env: {
      ...process.env,
      NODE_ENV: 'development',
      SCARF_ANALYTICS: 'false',
      WATCH_REPORT_DEPENDENCIES: '',
    },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-2000)
  })
  return new Promise((resolve, reject) => {
    child.once('message', (message: PrismMessage) => {
      if (message.type === 'ready') {
        resolve({ url: message.url, child })
        return
      }
      if (message.type !== 'refused') return
      child.kill()
      const taken = /EADDRINUSE/.test(message.reason)
      reject(
        new MockError(
          taken
            ? `Cannot start the mock on port ${start.port}: the port is in use; stop what uses it, or take port 0 for a free one`
            : `Cannot start the mock on ${start.host}:${start.port}: ${message.reason.split('\n')[0]}; give another host or port`,
        ),
      )
    })
    child.once('error', (cause) =>
      reject(new MockError(`Cannot start the mock: ${cause.message}`, { cause })),
    )
    child.once('exit', (code, signal) =>
      reject(
        new MockError(
          `Cannot start the mock: its process ended with ${signal ?? code} before it listened${stderr && `; it said: ${stderr.trim().split('\n').slice(-3).join(' | ')}`}`,
        ),
      ),
    )
    child.send(start)
  })
}
