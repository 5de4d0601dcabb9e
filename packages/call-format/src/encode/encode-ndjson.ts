import { escapeRiskyCharacters } from './risky-characters.ts'

/** One call log as a line of NDJSON: the complete object, no control character but the final newline. */
export const encodeNdjsonRow = (call: object): string =>
  `${escapeRiskyCharacters(JSON.stringify(call))}\n`
