import { styleText } from 'node:util'
import type { Io } from '../io.ts'

export type Format = Parameters<typeof styleText>[0]
/** Text in a style, or unchanged without color. */
export type Style = (format: Format, text: string) => string

/** Whether a stream has color: by `FORCE_COLOR`, then `NO_COLOR`; not in a dumb terminal or a pipe. */
function wantsColor(isTTY: boolean, env: Io['env']): boolean {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  return isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
}

/** Styles text for a stream, if it has color. */
export function createStyle(isTTY: boolean, env: Io['env']): Style {
  if (!wantsColor(isTTY, env)) return (_format, text) => text
  return (format, text) => styleText(format, text, { validateStream: false })
}
