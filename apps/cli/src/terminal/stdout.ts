import { CommandError, exitCodes } from '../errors/command-error.ts'
import type { Sink } from '../io.ts'
import { writeCommand } from '../errors/suggestion.ts'

/** The reader of stdout closed it, such as `head`. Not a failure. */
export class PipeClosed extends Error {}

/** The only writer of stdout: data and nothing else. */
export interface Out {
  /** Resolves when the text is accepted, so that a slow reader slows the writer. */
  write(text: string): Promise<void>
  /** Resolves when all text is written. */
  flush(): Promise<void>
}

const batchLength = 1 << 16

/**
 * @throws {PipeClosed} from write and flush if the reader closed the pipe
 * @throws {CommandError} if the disk fails
 */
export function createStdout(sink: Sink): Out {
  let pending = ''
  const flush = (): Promise<void> => {
    if (pending === '') return Promise.resolve()
    const text = pending
    pending = ''
    return new Promise((resolve, reject) => {
      sink.write(text, (error) => {
        if (!error) resolve()
        else if (isPipeClosed(error)) reject(new PipeClosed())
        else reject(cannotWrite(error))
      })
    })
  }
  return {
    flush,
    write(text) {
      pending += text
      return pending.length < batchLength ? Promise.resolve() : flush()
    },
  }
}

/** A full disk, behind a `>`. */
const cannotWrite = ({ message }: Error): CommandError =>
  new CommandError(`Cannot write to stdout: ${message}.`, {
    code: 'disk',
    exitCode: exitCodes.resumable,
    suggestion: (args) => `${writeCommand(args)}  # when the disk has space`,
  })

const closedCodes = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'])
const isPipeClosed = (error: Error): boolean =>
  closedCodes.has((error as NodeJS.ErrnoException).code ?? '')
