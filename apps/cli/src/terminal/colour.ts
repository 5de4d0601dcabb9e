import { styleText } from 'node:util'
import type { Io } from '../io.ts'

export const colourChoices = ['auto', 'always', 'never'] as const
export type ColourChoice = (typeof colourChoices)[number]

export type Format = Parameters<typeof styleText>[0]
/** Text in a style, or as it is where colour is not wanted. */
export type Style = (format: Format, text: string) => string

/**
 * Whether one stream gets colour. The flag wins; then `FORCE_COLOR` and `NO_COLOR`, which wins less
 * as in Node; a dumb terminal and a pipe get none.
 */
export function wantsColour(choice: ColourChoice, isTTY: boolean, env: Io['env']): boolean {
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
