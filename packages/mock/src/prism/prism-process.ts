import { fork, type ChildProcess } from 'node:child_process'
import { Agent } from 'node:http'
import { fileURLToPath } from 'node:url'
import { MockError } from '../mock-error.ts'
import type { PrismServerOptions } from './prism-server.ts'

export interface PrismStart extends Omit<PrismServerOptions, 'host' | 'port'> {
  /** Memory past which the process asks to be replaced; default 400 MiB. */
  mostResidentBytes?: number | undefined
}

export type PrismMessage =
  | { type: 'ready'; url: string }
  | { type: 'refused'; reason: string }
  | { type: 'pong' }
  | { type: 'large' }

export interface PrismProcess {
  url: string
  agent: Agent
  child: ChildProcess
  /** Requests without an answer yet, oldest first. */
  waiting: Set<object>
  /** How many requests it has answered. */
  answered: number
  /** The request that was oldest when the process ended, and is held to have ended it. */
  blamed: object | undefined
  exited: Promise<void>
  /**
   * Whether it still listens to its parent. One that does not is ended.
   */
  isAlive(): Promise<boolean>
}

/** Far more than a busy machine needs; a process that a request has blocked ends itself sooner. */
const pongWithinMs = 5000

const here = import.meta.url
const childFile = fileURLToPath(
  new URL(here.endsWith('.ts') ? 'prism-child.ts' : 'prism-child.js', here),
)

/**
 * Starts Prism in a child process, on a free port of the loopback.
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
      if (message.type === 'ready') resolve(toPrismProcess(child, message.url))
      else if (message.type === 'refused') {
        child.kill()
        reject(new MockError(`Cannot start the mock: Prism said ${message.reason.split('\n')[0]}`))
      }
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

function toPrismProcess(child: ChildProcess, url: string): PrismProcess {
  let pinging: Promise<boolean> | undefined
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  const ping = (): Promise<boolean> =>
    new Promise((resolve) => {
      if (hasEnded() || !child.connected) {
        void prism.exited.then(() => resolve(false))
        return
      }
      const onPong = (): void => settle(true)
      const onExit = (): void => settle(false)
      // A stopped process would keep any gentler signal for later.
      const silence = setTimeout(() => child.kill('SIGKILL'), pongWithinMs)
      function settle(alive: boolean): void {
        clearTimeout(silence)
        child.off('message', onPong).off('exit', onExit)
        resolve(alive)
      }
      child.once('message', onPong).once('exit', onExit)
      child.send({ type: 'ping' }, () => {})
    })
  const prism: PrismProcess = {
    url,
    child,
    agent: new Agent({ keepAlive: true }),
    waiting: new Set(),
    answered: 0,
    blamed: undefined,
    exited: new Promise((resolve) => {
      child.once('exit', () => {
        prism.blamed = [...prism.waiting][0]
        prism.agent.destroy()
        resolve()
      })
    }),
    isAlive: () => (pinging ??= ping().finally(() => (pinging = undefined))),
  }
  return prism
}
