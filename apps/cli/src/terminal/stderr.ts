import type { Sink } from '../io.ts'
import type { Style } from './color.ts'
import { breakLine } from './break-line.ts'
import { encodeJson } from './encode-json.ts'
import {
  escapeControlCharacters,
  escapeControlCharactersInLines,
} from './escape-control-characters.ts'

export interface ErrOptions {
  style: Style
  isTTY: boolean
  isQuiet: boolean
  isDebug: boolean
  /** Width of the terminal, which can change. */
  columns(): number
}

/** The only writer of stderr: everything that is not data. */
export interface Err extends ErrOptions {
  /** An informational message; hidden by `--quiet`. */
  note(text: string): void
  /** A warning or an error; always shown. */
  warn(text: string): void
  /** Only with `--debug`. */
  debug(text: string): void
  /** One JSON object per line, for programs. */
  event(value: object): void
  /** Replaces the last line of a terminal; an empty text removes it. */
  status(text: string): void
  /** Resolves when all text is written; a closed stderr is not a failure. */
  flush(): Promise<void>
}

/** Wraps lines between words; a line that fits or has a command to copy is unchanged. */
const wrap = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) =>
      line.length <= width || line.includes('cekura-logs ') ? [line] : breakLine(line, width),
    )
    .join('\n')

const eraseLine = '\r\u001b[K'

export function createStderr(sink: Sink, options: ErrOptions): Err {
  const { style, isTTY, isQuiet, isDebug, columns } = options
  let last: Promise<void> = Promise.resolve()
  let statusLine = ''
  const send = (text: string): void => {
    last = new Promise((resolve) => {
      sink.write(text, () => resolve())
    })
  }
  // Messages go above the status line.
  const line = (text: string): void =>
    send(statusLine === '' ? `${text}\n` : `${eraseLine}${text}\n${statusLine}`)
  const message = (text: string): void =>
    line(
      isTTY
        ? wrap(escapeControlCharactersInLines(text), columns())
        : escapeControlCharactersInLines(text),
    )
  return {
    ...options,
    warn: message,
    note: (text) => void (isQuiet || message(text)),
    debug: (text) =>
      void (isDebug && line(style('dim', `debug: ${escapeControlCharactersInLines(text)}`))),
    event: (value) => line(encodeJson(value)),
    status(text) {
      // Our own text: a character is a column.
      const next = [...escapeControlCharacters(text)].slice(0, columns() - 1).join('')
      if (!isTTY || next === statusLine) return
      statusLine = next
      send(`${eraseLine}${statusLine}`)
    },
    flush: () => last,
  }
}
