import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { SpecDocument } from '@cekura-kit/spec'
import type { Bump } from '../policy/bump.ts'

/** Two documents and the range in which a sound policy's bump is. */
export interface GoldenPair {
  name: string
  before: SpecDocument
  after: SpecDocument
  min: Bump
  max: Bump
}

const read = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url))

/** See `fixtures/README.md`. */
export const goldenPairs = [
  ...(JSON.parse(gunzipSync(read('golden-pairs.json.gz')).toString()) as GoldenPair[]),
  ...(JSON.parse(read('spec-pairs.json').toString()) as GoldenPair[]),
]
