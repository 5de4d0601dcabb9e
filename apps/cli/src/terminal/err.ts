import type { Sink } from '../io.ts'
import type { Style } from './color.ts'
import { breakLine } from './break-line.ts'
import { encodeJson } from './encode-json.ts'
import { printable, printableLines } from './printable.ts'

/** The one way to stderr: everything that is not data. */
export interface Err {
  style: Style
  isTTY: boolean
  isQuiet: boolean
  /** Width of the terminal, asked anew each time. */
  columns(): number
  /** What a person wants to know; silenced by `--quiet`. */
  note(text: string): void
  /** What must be known whatever was asked for. */
  warn(text: string): void
  /** Only with `--debug`. */
  debug(text: string): void
  /** One JSON object a line, for programs. */
  event(value: object): void
  /** A line at the foot of a terminal that is written anew each time; an empty one takes it away. */
  status(text: string): void
  /** Resolves when everything so far is written; a stderr that is closed is not a failure. */
  flush(): Promise<void>
}

export interface ErrOptions {
  style: Style
  isTTY: boolean
  isQuiet: boolean
  isDebug: boolean
  columns(): number
}

/** Lines broken between words. One that fits, or has a command to be copied, stays as it is. */
const wrap = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) =>
      line.length <= width || line.includes('cekura-logs ') ? [line] : breakLine(line, width),
    )
    .join('\n')

const eraseLine = '\r\u001b[K'

export function createErr(sink: Sink, options: ErrOptions): Err {
  const { style, isTTY, isQuiet, isDebug, columns } = options
  let last: Promise<void> = Promise.resolve()
  let foot = ''
  const send = (text: string): void => {
    last = new Promise((resolve) => {
      sink.write(text, () => resolve())
    })
  }
  // What is said goes above the foot.
  const line = (text: string): void =>
    send(foot === '' ? `${text}\n` : `${eraseLine}${text}\n${foot}`)
  const tell = (text: string): void =>
    line(isTTY ? wrap(printableLines(text), columns()) : printableLines(text))
  return {
    style,
    isTTY,
    isQuiet,
    columns,
    warn: tell,
    note: (text) => void (isQuiet || tell(text)),
    debug: (text) => void (isDebug && line(style('dim', `debug: ${printableLines(text)}`))),
    event: (value) => line(encodeJson(value)),
    status(text) {
      // Of ours, so a character is a column.
      const next = [...printable(text)].slice(0, columns() - 1).join('')
      if (!isTTY || next === foot) return
      foot = next
      send(`${eraseLine}${foot}`)
    },
    flush: () => last,
  }
}
