import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Result } from './mutant.ts'
import type { Task } from './worker.ts'

/** Longest time for a mutant; the slowest takes a few seconds on an idle machine. */
const timeoutMs = 120_000

/** A process that grades one mutant at a time, and is replaced when a mutant ends or blocks it. */
export class WorkerProcess implements Disposable {
  #child: ChildProcess | undefined

  /** @throws {Error} when the process ends or gives no result in time */
  async grade(task: Task): Promise<Result> {
    const child = (this.#child ??= fork(fileURLToPath(new URL('worker.ts', import.meta.url)), {
      env: { ...process.env, NODE_ENV: 'development' },
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    }))
    let errors = ''
    child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<Result>((resolve, reject) => {
        child.once('message', resolve)
        child.once('exit', (code) =>
          reject(new Error(`the process exited with ${code}\n${errors}`)),
        )
        timer = setTimeout(() => reject(new Error(`no result in ${timeoutMs} ms`)), timeoutMs)
        child.send(task)
      })
    } catch (error) {
      this[Symbol.dispose]()
      throw error
    } finally {
      clearTimeout(timer)
      child.removeAllListeners('message').removeAllListeners('exit')
      child.stderr!.removeAllListeners('data')
    }
  }

  [Symbol.dispose](): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }
}
