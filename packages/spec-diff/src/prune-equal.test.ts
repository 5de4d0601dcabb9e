import { expect, test } from 'vitest'
import type { Json, SpecDocument } from '@cekura-kit/spec'
import { generateSchema } from '@cekura-kit/types/generator'
import { createContract, diffContracts } from './diff-specs.ts'
import { judgedPairs } from './judged-pairs.ts'
import { createLargeDocument } from './large-document.ts'
import { mutate, mutations } from './mutations.ts'
import { createRandom, createTrialDocument } from './trial-document.ts'
import { pruneEqual } from './prune-equal.ts'

const diff = async (before: SpecDocument, after: SpecDocument) =>
  diffContracts(await createContract(before), await createContract(after))

const paths = (document: SpecDocument): string[] => Object.keys(document['paths'] ?? {})

const trials = mutations.map((mutation, index) => {
  const before = createTrialDocument(createRandom(index))
  return { name: mutation.name, before, after: mutate(before, [mutation]) }
})

test.each([...judgedPairs, ...trials])(
  '$name: what is left out changes nothing in the verdict',
  async ({ before, after }) => {
    expect(await diff(...pruneEqual(before, after))).toEqual(await diff(before, after))
  },
)

const contract = async (document: SpecDocument) => ({
  document,
  schema: await generateSchema(document),
})

// All of them with `pnpm mutate:spec`: each generates two large documents.
const share = process.env['CASES'] ? 1 : 9

test.each([
  { form: '{REF}', first: 0 },
  { form: '{"anyOf":[{REF},{"type":"null"}]}', first: 3 },
  { form: '{"type":"array","items":{REF}}', first: 6 },
])(
  'many paths that lead to one edit by $form say what all say',
  { timeout: 600_000 },
  async (row) => {
    const text = JSON.stringify(createLargeDocument(60)).replaceAll(
      /"owner":{("\$ref":"[^"]*")}/g,
      (_, ref: string) => `"owner":${row.form.replace('REF', ref)}`,
    )
    const before = JSON.parse(text) as SpecDocument
    for (const mutation of mutations.filter((_, index) => index % share === row.first % share)) {
      const after = mutate(before, [mutation])
      const [old, next] = pruneEqual(before, after)
      expect(diffContracts(await contract(old), await contract(next)), mutation.name).toEqual(
        diffContracts(await contract(before), await contract(after)),
      )
    }
  },
)

test('of a large document only the paths that lead to a change are left', () => {
  const large = createLargeDocument(40)
  const schemas = (large['components'] as { schemas: { [name: string]: object } }).schemas
  const last = Object.keys(schemas).findLast((name) => name.startsWith('Written'))!
  const changed = structuredClone(large) as typeof large & {
    components: { schemas: { [name: string]: { properties: { [name: string]: unknown } } } }
  }
  changed.components.schemas[last]!.properties['added'] = { type: 'string' }
  const [before, after] = pruneEqual(large, changed)
  expect(paths(before)).toEqual(paths(after))
  expect(paths(before).length).toBeGreaterThan(0)
  expect(paths(before).length).toBeLessThan(10)
})

const trial = createTrialDocument(createRandom(1))
const changed = mutate(trial, [mutations.find(({ name }) => name === 'read: null let in')!])

test('a component that only one side still needs is kept on both', () => {
  const apart = structuredClone(trial) as unknown as {
    paths: { '/things': { get: { responses: { 404?: unknown } } } }
  }
  delete apart.paths['/things'].get.responses['404']
  for (const side of pruneEqual(trial, apart as unknown as SpecDocument))
    expect(side).toHaveProperty('components.schemas.Problem')
})

test.each([
  { name: 'a discriminator', more: { discriminator: { propertyName: 'kind' } } as Json },
  { name: 'a reference into a path', more: { $ref: '#/paths/~1things' } as Json },
])('leaves nothing out beside $name', ({ more }) => {
  const before: SpecDocument = { ...trial, 'x-more': more }
  const after: SpecDocument = { ...changed, 'x-more': more }
  expect(pruneEqual(before, after)).toEqual([before, after])
})

test('what holds for every operation reaches every operation', () => {
  const open = { ...trial, security: [] }
  expect(pruneEqual(trial, open)).toEqual([trial, open])
})
