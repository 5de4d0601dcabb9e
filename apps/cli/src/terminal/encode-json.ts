import { escapeRiskyCharacters } from '@cekura-kit/call-format'

/** JSON whose values are untouched and whose text can do nothing to a terminal. */
export const encodeJson = (value: unknown, indent = 0): string =>
  JSON.stringify(value, undefined, indent).split('\n').map(escapeRiskyCharacters).join('\n')
