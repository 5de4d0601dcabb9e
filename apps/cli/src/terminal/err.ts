import type { Sink } from '../io.ts'
import { printableLines } from './printable.ts'
import type { Style } from './colour.ts'

/** The one way to stderr: everything that is not data. */
export interface Err {
  style: Style
  isTTY: boolean
  /** What a person wants to know; silenced by `--quiet`. */
  note(text: string): void
  /** What must be known whatever was asked for. */
  warn(text: string): void
  /** Only with `--debug`. */
  debug(text: string): void
  /** As it is, for a progress bar and for JSON. */
  raw(text: string): void
  /** Resolves when everything so far is written; a stderr that is closed is not a failure. */
  flush(): Promise<void>
}

export interface ErrOptions {
  style: Style
  isTTY: boolean
  isQuiet: boolean
  isDebug: boolean
}

export function createErr(sink: Sink, { style, isTTY, isQuiet, isDebug }: ErrOptions): Err {
  let last: Promise<void> = Promise.resolve()
  const raw = (text: string): void => {
    last = new Promise((resolve) => {
      sink.write(text, () => resolve())
    })
  }
  const line = (text: string): void => raw(`${printableLines(text)}\n`)
  return {
    style,
    isTTY,
    raw,
    warn: line,
    note: (text) => void (isQuiet || line(text)),
    debug: (text) => void (isDebug && raw(`${style('dim', `debug: ${printableLines(text)}`)}\n`)),
    flush: () => last,
  }
}
