import { CommandError, exitCodes } from '../command-error.ts'
import type { Sink } from '../io.ts'
import { writeCommand } from '../write-command.ts'

/** The reader of stdout has gone, as `head` does when it has seen enough. Not a failure. */
export class ReaderGone extends Error {}

/** The one way to stdout: data and nothing else. */
export interface Out {
  /** Resolves when the text is taken, so that a slow reader slows the writer. */
  write(text: string): Promise<void>
  /** Resolves when everything so far is written. */
  flush(): Promise<void>
}

const batchLength = 1 << 16

/**
 * @throws {ReaderGone} from write and flush when the reader has closed its end
 * @throws {CommandError} when the disk behind stdout fails
 */
export function createOut(sink: Sink): Out {
  let pending = ''
  const flush = (): Promise<void> => {
    if (pending === '') return Promise.resolve()
    const text = pending
    pending = ''
    return new Promise((resolve, reject) => {
      sink.write(text, (error) => {
        if (!error) resolve()
        else if (isReaderGone(error)) reject(new ReaderGone())
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

/** A disk that is full, behind a `>`. */
const cannotWrite = ({ message }: Error): CommandError =>
  new CommandError(`Cannot write to stdout: ${message}`, {
    code: 'disk',
    exitCode: exitCodes.resumable,
    fix: (args) => `${writeCommand(args)}  # once there is space where it is written to`,
  })

const goneCodes = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'])
const isReaderGone = (error: Error): boolean =>
  goneCodes.has((error as NodeJS.ErrnoException).code ?? '')
