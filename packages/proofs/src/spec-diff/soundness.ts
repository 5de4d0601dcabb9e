import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SpecError, type Json, type SpecDocument } from '@cekura-kit/spec'
import { bumps, diffSpecs, type Bump } from '@cekura-kit/spec-diff'
import {
  compileConsumers,
  findCounterexample,
  writeConsumers,
  type Located,
} from '@cekura-kit/spec-diff/testing'
import { generateSchema } from '@cekura-kit/types/generator'
import { applyEdit, describeEdit, type Edit } from '../document-edits/edit.ts'
import { drawEdit, isDocumentationEdit } from '../document-edits/list-edits.ts'
import { listPayloads } from './payload-schemas.ts'

/** A bump that a validator, the compiler or another comparison shows to be too small. */
export interface Unsound {
  seed: number
  edit: string
  bump: Bump
  proof: string
}

export interface SoundnessReport {
  bumps: { [bump in Bump]: number }
  /** Edited documents that spec-diff cannot read. */
  rejected: number
  /** Edited documents whose types were compiled with the code of old consumers. */
  compiled: number
  unsound: Unsound[]
}

/** A generator of numbers in [0, 1) that repeats itself for a seed. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Case {
  seed: number
  edit: Edit
  before: SpecDocument
  after: SpecDocument
  bump: Bump
}

const isBelow = (bump: Bump, other: Bump): boolean => bumps.indexOf(bump) < bumps.indexOf(other)

/** A payload that one side accepts and the other rejects, at a place that both have. */
function search(from: Map<string, Located>, to: Map<string, Located>): string | undefined {
  for (const [place, accepts] of from) {
    const rejects = to.get(place)
    if (!rejects || JSON.stringify(accepts) === JSON.stringify(rejects)) continue
    try {
      const payload = findCounterexample(accepts, rejects)
      if (payload !== undefined) return `${place}: ${JSON.stringify(payload)}`
    } catch {
      // An edit can make a schema that no validator compiles.
    }
  }
  return undefined
}

/** A payload that shows a break: one that is now rejected, or one that readers did not expect. */
function findPayload({ before, after }: Case): string | undefined {
  const [old, next] = [listPayloads(before), listPayloads(after)]
  return search(old.written, next.written) ?? search(next.read, old.read)
}

/** Both sides in the same form, in which the edit is no smaller. */
const wrappers: { [name: string]: (schema: Json) => Json } = {
  allOf: (schema) => ({ allOf: [schema] }),
  anyOf: (schema) => ({ anyOf: [schema, { const: 'no value of the schema' }] }),
  list: (schema) => ({ type: 'array', items: schema }),
  property: (schema) => ({ type: 'object', required: ['inner'], properties: { inner: schema } }),
}

/** Wraps the schema of every media type. */
function wrapBodies(value: Json, wrap: (schema: Json) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => wrapBodies(item, wrap))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === 'content' && typeof child === 'object' && child !== null
        ? Object.fromEntries(
            Object.entries(child).map(([name, media]: [string, Json]) => [
              name,
              typeof media === 'object' && media !== null && 'schema' in media
                ? { ...media, schema: wrap((media as { schema: Json }).schema) }
                : media,
            ]),
          )
        : wrapBodies(child, wrap),
    ]),
  )
}

/** A comparison of the same edit in another form that gives a smaller bump. */
function findDrop({ before, after, bump }: Case, random: () => number): string | undefined {
  const documented = applyEdit(after, drawEdit(after, random, isDocumentationEdit))
  if (isBelow(diffSpecs(before, documented).bump, bump)) return 'next to a documentation edit'
  for (const [name, wrap] of Object.entries(wrappers)) {
    const [old, next] = [before, after].map((one) => wrapBodies(one, wrap) as SpecDocument)
    if (isBelow(diffSpecs(old!, next!).bump, bump)) return `wrapped in ${name}`
  }
  return undefined
}

/** Draws the edit of a seed; undefined when the edited document cannot be read. */
function drawCase(documents: readonly SpecDocument[], seed: number): Case | undefined {
  const random = createRandom(seed)
  const before = documents[Math.floor(random() * documents.length)]!
  const edit = drawEdit(before, random)
  const after = applyEdit(before, edit)
  try {
    return { seed, edit, before, after, bump: diffSpecs(before, after).bump }
  } catch (error) {
    if (error instanceof SpecError) return undefined
    throw error
  }
}

async function compileCases(
  cases: readonly Case[],
): Promise<{ compiled: number; unsound: Unsound[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'soundness-'))
  try {
    const sets = []
    for (const one of cases) {
      const schema = await generateSchema(one.after).catch(() => undefined)
      if (schema === undefined) continue
      const types = join(folder, `${one.seed}.ts`)
      await writeFile(types, schema)
      sets.push({ one, lines: writeConsumers(one.before), types })
    }
    const failed = await compileConsumers(sets)
    const unsound = sets.flatMap(({ one }, i): Unsound[] =>
      failed[i]!.slice(0, 1).map(({ code }) => ({ ...printCase(one), proof: code })),
    )
    return { compiled: sets.length, unsound }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const printCase = ({ seed, edit, bump }: Case): Omit<Unsound, 'proof'> => ({
  seed,
  edit: describeEdit(edit),
  bump,
})

/** Compiled at a time, so that the compiler needs little memory. */
const batch = 100

/**
 * Draws single edits and looks for proofs that their bump is too small: a payload that a validator
 * accepted before and rejects now, code of a consumer that no longer compiles, or a smaller bump for
 * the same edit in another form.
 *
 * @param documents to edit
 * @param seeds one edit each; the same seed draws the same edit
 */
export async function findUnsound(
  documents: readonly SpecDocument[],
  seeds: Iterable<number>,
): Promise<SoundnessReport> {
  const report: SoundnessReport = {
    bumps: { none: 0, patch: 0, minor: 0, major: 0 },
    rejected: 0,
    compiled: 0,
    unsound: [],
  }
  let pending: Case[] = []
  const compile = async (): Promise<void> => {
    const { compiled, unsound } = await compileCases(pending)
    report.compiled += compiled
    report.unsound.push(...unsound)
    pending = []
  }
  for (const seed of seeds) {
    const one = drawCase(documents, seed)
    if (!one) {
      report.rejected += 1
      continue
    }
    report.bumps[one.bump] += 1
    const drop = findDrop(one, createRandom(seed + 1))
    if (drop) report.unsound.push({ ...printCase(one), proof: drop })
    if (one.bump === 'major') continue
    const payload = findPayload(one)
    if (payload) report.unsound.push({ ...printCase(one), proof: payload })
    pending.push(one)
    if (pending.length === batch) await compile()
  }
  if (pending.length > 0) await compile()
  return report
}
