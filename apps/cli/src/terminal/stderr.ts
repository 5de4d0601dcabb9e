import type { Io } from '../io.ts'
import { breakLine } from './break-line.ts'
import { createStyle } from './color.ts'
import { encodeJson } from './encode-json.ts'
import {
  escapeControlCharacters,
  escapeControlCharactersInLines,
} from './escape-control-characters.ts'

/** The only writer of stderr: everything that is not data. */
export interface Err {
  isTTY: boolean
  /** An informational message; hidden by `--quiet`. */
  note(text: string): void
  /** A warning or an error; always shown. */
  warn(text: string): void
  /** Only with `--debug`. */
  debug(text: string): void
  /** One JSON object in a line, for programs. */
  json(value: object): void
  /** Replaces the last line of a terminal; an empty text removes it. Hidden by `--quiet`. */
  status(text: string): void
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

export function createStderr(
  { stderr, isTTY: { stderr: isTTY }, env, columns }: Io,
  { quiet, debug }: { quiet?: boolean | undefined; debug: boolean | undefined },
): Err {
  const style = createStyle(isTTY, env)
  let statusLine = ''
  // A closed stderr is not a failure.
  const send = (text: string): void => void stderr.write(text, () => {})
  // Messages go above the status line.
  const line = (text: string): void =>
    send(statusLine === '' ? `${text}\n` : `${eraseLine}${text}\n${statusLine}`)
  const message = (text: string): void => {
    const safe = escapeControlCharactersInLines(text)
    line(isTTY ? wrap(safe, columns()) : safe)
  }
  return {
    isTTY,
    warn: message,
    note: (text) => void (quiet || message(text)),
    debug: (text) =>
      void (debug && line(style('dim', `debug: ${escapeControlCharactersInLines(text)}`))),
    json: (value) => line(encodeJson(value)),
    status(text) {
      // Our own text: a character is a column.
      const next = [...escapeControlCharacters(text)].slice(0, columns() - 1).join('')
      if (!isTTY || quiet || next === statusLine) return
      statusLine = next
      send(`${eraseLine}${statusLine}`)
    },
  }
}
