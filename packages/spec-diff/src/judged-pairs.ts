import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { SpecDocument } from '@cekura-kit/spec'
import type { Bump } from './change.ts'

/** Two documents and the range a sound policy's bump lies in. */
export interface JudgedPair {
  name: string
  before: SpecDocument
  after: SpecDocument
  least: Bump
  most: Bump
}

const file = new URL('../fixtures/judged-pairs.json.gz', import.meta.url)

/** See `fixtures/README.md`. */
export const judgedPairs = JSON.parse(gunzipSync(readFileSync(file)).toString()) as JudgedPair[]
