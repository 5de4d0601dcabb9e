import type { SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { applyEdit, describeEdit, toPointer, type Edit } from './edit.ts'
import { drawEdit, isDocumentationEdit, listEdits } from './list-edits.ts'
import { listPlaces } from './places.ts'

const text = { type: 'string' }
const content = { 'application/json': { schema: text } }
/** One of each object kind, and a schema below each keyword that holds one. */
const rich: SpecDocument = {
  openapi: '3.2.0',
  info: { title: 'Rich', version: '1' },
  webhooks: { arrived: { post: { requestBody: { content } } } },
  paths: {
    '/things/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      additionalOperations: { COPY: { responses: { 204: { description: 'Copied.' } } } },
      put: {
        operationId: 'replace',
        requestBody: {
          content: { 'multipart/form-data': { schema: {}, encoding: { file: { headers: {} } } } },
        },
        callbacks: { done: { '{$request.body#/url}': { post: { requestBody: { content } } } } },
        responses: { 200: { description: 'OK.', headers: { 'X-Id': { schema: text } }, content } },
      },
    },
  },
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-KEY' } },
    schemas: {
      Deep: {
        allOf: [{ anyOf: [{ oneOf: [{ prefixItems: [{ not: { if: text, else: text } }] }] }] }],
        properties: { list: { items: { patternProperties: { '^x': { contains: text } } } } },
        additionalProperties: { propertyNames: { unevaluatedProperties: { $defs: { A: text } } } },
      },
      Spare: { $ref: '#/components/schemas/Deep' },
    },
  },
}

const sequence = (seed: number) => () => (seed = (seed * 16807) % 2147483647) / 2147483647

const editsOf = (document: SpecDocument): Edit[] =>
  listPlaces(document).flatMap((place) => Array.from(listEdits(document, place)))

test.for([
  ['the bundled document', bundled as unknown as SpecDocument],
  ['a document with every kind of object', rich],
] as const)('an edit of %s changes a copy, and its description is unique', ([, document]) => {
  const before = JSON.stringify(document)
  const edits = editsOf(document)
  // Each one copies the document: of a large one, evenly spread edits are applied.
  const step = Math.ceil(edits.length / 1000)
  const applied = edits.filter((_, index) => index % step === 0)
  const unchanged = applied.filter((edit) => JSON.stringify(applyEdit(document, edit)) === before)
  expect(unchanged).toEqual([])
  expect(JSON.stringify(document)).toBe(before)
  const ids = edits.map(describeEdit)
  expect(ids.length).toBe(new Set(ids).size)
})

test('a place is listed at any nesting, with the kind of its object', () => {
  const places = new Map(listPlaces(rich).map(({ kind, path }) => [toPointer(path), kind]))
  const deep = '/components/schemas/Deep'
  expect([...places.values()]).toEqual(
    expect.arrayContaining(['callback', 'encoding', 'header', 'securityScheme', 'requestBody']),
  )
  for (const pointer of [
    `${deep}/allOf/0/anyOf/0/oneOf/0/prefixItems/0/not/else`,
    `${deep}/properties/list/items/patternProperties/^x/contains`,
    `${deep}/additionalProperties/propertyNames/unevaluatedProperties/$defs/A`,
    '/webhooks/arrived/post/requestBody/content/application~1json/schema',
    '/paths/~1things~1{id}/put/callbacks/done/{$request.body#~1url}/post/requestBody/content/application~1json/schema',
  ])
    expect(places.get(pointer), pointer).toBe('schema')
})

test('a renamed component keeps its references', () => {
  const rename = editsOf(rich).find(({ operator }) => operator === 'components.schemas.rename')!
  const { components } = applyEdit(rich, rename) as unknown as typeof rich & {
    components: { schemas: object }
  }
  expect(components.schemas).toMatchObject({
    DeepRenamed: {},
    Spare: { $ref: '#/components/schemas/DeepRenamed' },
  })
})

test('the same random numbers draw the same edit, documentation only when accepted', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const edit = drawEdit(rich, sequence(seed))
    expect(drawEdit(rich, sequence(seed))).toEqual(edit)
    expect(isDocumentationEdit(edit)).toBe(false)
  }
  expect(isDocumentationEdit(drawEdit(rich, sequence(1), isDocumentationEdit))).toBe(true)
  expect(() => drawEdit(rich, sequence(1), () => false)).toThrow('none is accepted')
})

test('an edit of a place that is missing fails and names it', () => {
  const edit: Edit = { operator: 'x', changes: [{ do: 'remove', path: ['paths', '/none', 'get'] }] }
  expect(() => applyEdit(rich, edit)).toThrow('remove /paths/~1none/get: the document has no such')
})
