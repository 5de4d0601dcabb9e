import type { SpecDocument } from '@cekura-kit/spec'
import { expect, test } from 'vitest'
import { compareShapes, readShape, uniteBodies, uniteShapes, type BodyShape } from './shape.ts'

const document: SpecDocument = {
  components: {
    schemas: {
      Call: {
        type: 'object',
        properties: {
          status: { enum: ['success', 'failure'] },
          topic: { type: 'string' },
          score: { type: 'number' },
        },
      },
      Page: {
        type: 'object',
        properties: { results: { type: 'array', items: { $ref: '#/components/schemas/Call' } } },
      },
    },
  },
}
const schema = { $ref: '#/components/schemas/Page' }
const shapeOf = (...results: object[]): BodyShape => readShape(document, schema, { results })
const compare = (before: BodyShape, after: BodyShape): string[] =>
  compareShapes({ 'list 200': before }, { 'list 200': after })

test('a shape has types, words of enums and what always comes, and no value', () => {
  expect(
    shapeOf({ status: 'success', topic: 'a secret', score: 7 }, { status: 'failure', score: null }),
  ).toEqual({
    '': { types: ['object'], always: true },
    '.results': { types: ['array'], always: true },
    '.results[]': { types: ['object'], always: true },
    '.results[].score': { types: ['integer', 'null'], always: true },
    '.results[].status': { types: ['string'], words: ['failure', 'success'], always: true },
    '.results[].topic': { types: ['string'], always: false },
  })
})

test('a name or a word that may be a value is not kept', () => {
  const shape = shapeOf({ status: '+1 555 0100', '+1 555 0101': { a: 1 }, nested: { b: [true] } })
  expect(JSON.stringify(shape)).not.toMatch(/555/)
  expect(shape['.results[].status']!.words).toEqual(['something that is no word'])
  expect(shape['.results[].*.a']).toEqual({ types: ['integer'], always: true })
  expect(shape['.results[].nested.b[]']).toEqual({ types: ['boolean'], always: true })
})

test('the same shape again is nothing new, and neither is less of it', () => {
  const before = shapeOf({ status: 'success', topic: 'x', score: 1.5 }, { status: 'failure' })
  expect(compare(before, before)).toEqual([])
  expect(compare(before, shapeOf({ status: 'failure' }))).toEqual([])
  expect(compare(before, shapeOf({ status: 'failure', score: 2 }))).toEqual([])
  expect(compare(before, shapeOf())).toEqual([])
})

const one = { status: 'success', topic: 'x', score: 1 }
test.each<[what: string, after: object, findings: string[]]>([
  ['a new property', { ...one, trace_id: 'x' }, ['list 200 .results[].trace_id is new: string']],
  ['a null', { ...one, topic: null }, ['list 200 .results[].topic is null, was string']],
  ['another type', { ...one, score: '1' }, ['list 200 .results[].score is string, was integer']],
  ['a fraction', { ...one, score: 1.5 }, ['list 200 .results[].score is number, was integer']],
  ['a new word', { ...one, status: 'failure' }, ['list 200 .results[].status says failure']],
  [
    'a property that is gone',
    { status: 'success', score: 1 },
    ['list 200 .results[].topic is missing, always came before'],
  ],
])('%s is a finding', (_, after, findings) => {
  expect(compare(shapeOf(one), shapeOf(after))).toEqual(findings)
})

test('an answer that never came is a finding, one that does not come is none', () => {
  const shapes = { 'list 200': shapeOf(one) }
  expect(compareShapes(shapes, { 'list 403': {} })).toEqual(['list 403 was never answered before'])
})

test('what two runs have seen is one shape, in whatever order', () => {
  const [a, b, c] = [shapeOf(one), shapeOf({ score: 1.5 }), shapeOf()]
  const all = uniteBodies(uniteBodies(a, b), c)
  expect(uniteBodies(c, uniteBodies(b, a))).toEqual(all)
  expect(all['.results[].score']).toEqual({ types: ['number'], always: true })
  expect(all['.results[].topic']!.always).toBe(false)
  const shapes = uniteShapes({ 'list 200': a }, { 'list 200': b, 'list 401': {} })
  expect(Object.keys(shapes)).toEqual(['list 200', 'list 401'])
  expect(compareShapes(shapes, { 'list 200': a })).toEqual([])
})
