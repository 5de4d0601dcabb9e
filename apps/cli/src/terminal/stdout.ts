import { CommandError, exitCodes } from '../errors/command-error.ts'
import { writeCommand } from '../errors/suggestion.ts'
import type { Sink } from '../io.ts'

/** The reader of stdout closed it, such as `head`. Not a failure. */
export class PipeClosed extends Error {}

/** The only writer of stdout: data and nothing else. */
export interface Out {
  /**
   * Resolves when the text is written, so that a slow reader slows the writer.
   *
   * @throws {PipeClosed} if the reader closed the pipe
   * @throws {CommandError} if the disk fails
   */
  write(text: string): Promise<void>
}

const closedCodes = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'])

function explain(error: NodeJS.ErrnoException): Error {
  if (closedCodes.has(error.code ?? '')) return new PipeClosed()
  // A full disk, behind a `>`.
  return new CommandError(`Cannot write to stdout: ${error.message}.`, {
    code: 'disk',
    exitCode: exitCodes.resumable,
    suggestion: (args) => `${writeCommand(args)}  # when the disk has space`,
  })
}

export const createStdout = (sink: Sink): Out => ({
  async write(text) {
    if (text === '') return
    await new Promise<void>((resolve, reject) => {
      sink.write(text, (error) => (error ? reject(explain(error)) : resolve()))
    })
  },
})
