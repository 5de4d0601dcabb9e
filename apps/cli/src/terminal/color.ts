import { styleText } from 'node:util'
import type { Io } from '../io.ts'

export const colorChoices = ['auto', 'always', 'never'] as const
export type ColorChoice = (typeof colorChoices)[number]

export type Format = Parameters<typeof styleText>[0]
/** Text in a style, or as it is where color is not wanted. */
export type Style = (format: Format, text: string) => string

/**
 * Whether one stream gets color. The flag wins; then `FORCE_COLOR` and `NO_COLOR`, which wins less
 * as in Node; a dumb terminal and a pipe get none.
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
