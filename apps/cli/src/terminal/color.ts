import { styleText } from 'node:util'
import type { Io } from '../io.ts'

export const colorChoices = ['auto', 'always', 'never'] as const
export type ColorChoice = (typeof colorChoices)[number]

export type Format = Parameters<typeof styleText>[0]
/** Text in a style, or unchanged without color. */
export type Style = (format: Format, text: string) => string

/**
 * Whether a stream has color: by the flag, then `FORCE_COLOR`, then `NO_COLOR`; not in a dumb terminal
 * or a pipe.
 */
export function wantsColor(choice: ColorChoice, isTTY: boolean, env: Io['env']): boolean {
  if (choice !== 'auto') return choice === 'always'
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return false
  return isTTY
}

export const createStyle =
  (isWanted: boolean): Style =>
  (format, text) =>
    isWanted ? styleText(format, text, { validateStream: false }) : text
