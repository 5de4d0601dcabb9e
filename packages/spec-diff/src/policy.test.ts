import { expect, test } from 'vitest'
import type { SpecDocument } from '@cekura-kit/spec'
import type { Bump } from './change.ts'
import { diffDocuments } from './diff-documents.ts'
import { createContract } from './diff-specs.ts'
import type { Loose } from './trial-document.ts'
import { policy, type ChangeKind } from './policy.ts'
import { runProbes } from './run-probes.ts'

const json = (schema: unknown): object => ({ 'application/json': { schema } })
const text = { type: 'string' }

/** One operation with everything the rows below edit. */
const createDocument = (): object => ({
  openapi: '3.1.0',
  info: { title: 'Trial', version: '1' },
  servers: [{ url: 'https://api.example.com' }],
  security: [{ key: [] }],
  paths: {
    '/things/{id}': {
      post: {
        operationId: 'save',
        description: 'Saves it.',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: text },
          { name: 'owner', in: 'query', required: true, schema: text },
          { name: 'sort', in: 'query', schema: { type: 'string', enum: ['up', 'down'] } },
          { name: 'after', in: 'query', schema: { type: ['string', 'null'], maxLength: 9 } },
        ],
        requestBody: { required: true, content: json({ $ref: '#/components/schemas/Written' }) },
        responses: {
          200: {
            description: 'Saved.',
            headers: { 'X-Left': { schema: { type: 'integer' } } },
            content: {
              ...json({ $ref: '#/components/schemas/Read' }),
              'text/csv': { schema: text },
            },
          },
          404: { description: 'None.', content: json({ $ref: '#/components/schemas/Problem' }) },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-KEY' },
      token: { type: 'http', scheme: 'bearer' },
    },
    schemas: {
      Written: {
        type: 'object',
        required: ['name'],
        properties: { name: text, note: text, count: { type: 'number' } },
      },
      Read: {
        type: 'object',
        required: ['id', 'level'],
        properties: {
          id: text,
          level: { type: 'string', enum: ['low', 'high'] },
          note: { type: 'string', maxLength: 9 },
          maybe: { type: ['string', 'null'] },
          either: { type: ['string', 'integer'] },
          anything: {},
          at: { type: 'string', format: 'date-time' },
        },
      },
      Problem: { type: 'object', required: ['detail'], properties: { detail: text } },
      Spare: text,
    },
  },
})

interface Parts {
  document: Loose
  save: Loose
  parameters: Loose
  responses: Loose
  written: Loose
  read: Loose
}
type Row = [rule: string, bump: Bump, kind: ChangeKind | '', edit: (parts: Parts) => unknown]

const put = (owner: Loose, key: string, value: unknown): void => {
  ;(owner as Record<string, unknown>)[key] = value
}
const named = (parameters: Loose, name: string): Loose =>
  parameters.find((one) => String(one['name']) === name)!
const field = (schema: Loose, name: string): Loose => schema['properties']![name]!
const response = (schema?: object): object => ({
  description: 'Other.',
  ...(schema && { content: json(schema) }),
})
const drop = (list: Loose, name: string): unknown =>
  list.splice(
    list.findIndex((one) => String(one['name']) === name),
    1,
  )

const rows: Row[] = [
  // Names and operations.
  ['path removed', 'major', 'path-removed', ({ document }) => put(document, 'paths', {})],
  [
    'method removed',
    'major',
    'operation-removed',
    ({ document }) => {
      const item = document['paths']!['/things/{id}']!
      put(item, 'put', item['post'])
      delete item['post']
    },
  ],
  [
    'path parameter renamed',
    'major',
    'path-removed',
    ({ document, parameters }) => {
      const paths = document['paths']!
      put(paths, '/things/{key}', paths['/things/{id}'])
      delete paths['/things/{id}']
      put(named(parameters, 'id'), 'name', 'key')
    },
  ],
  [
    'operation renamed',
    'major',
    'operation-id-removed',
    ({ save }) => put(save, 'operationId', 'x'),
  ],
  [
    'component removed',
    'major',
    'component-removed',
    ({ document }) => delete document['components']!['schemas']!['Spare'],
  ],

  // What a caller writes.
  [
    'argument added, required',
    'major',
    'request-parameter-added-required',
    ({ parameters }) =>
      parameters.push({ name: 'new', in: 'query', required: true, schema: text } as never),
  ],
  [
    'argument became required',
    'major',
    'request-became-required',
    ({ parameters }) => put(named(parameters, 'sort'), 'required', true),
  ],
  [
    'argument removed',
    'major',
    'request-parameter-removed',
    ({ parameters }) => drop(parameters, 'sort'),
  ],
  [
    'argument renamed',
    'major',
    'request-parameter-removed',
    ({ parameters }) => put(named(parameters, 'sort'), 'name', 'order'),
  ],
  [
    'argument moved',
    'major',
    'request-parameter-removed',
    ({ parameters }) => put(named(parameters, 'sort'), 'in', 'header'),
  ],
  [
    'request type narrowed',
    'major',
    'request-type-changed',
    ({ parameters }) => put(named(parameters, 'owner')['schema']!, 'type', 'integer'),
  ],
  [
    'request enum narrowed',
    'major',
    'request-enum-value-removed',
    ({ parameters }) => named(parameters, 'sort')['schema']!['enum']!.pop(),
  ],
  [
    'request refuses null',
    'major',
    'request-rejects-null',
    ({ parameters }) => put(named(parameters, 'after')['schema']!, 'type', 'string'),
  ],
  [
    'optional argument added',
    'minor',
    'request-parameter-added',
    ({ parameters }) => parameters.push({ name: 'new', in: 'query', schema: text } as never),
  ],
  [
    'optional request field added',
    'minor',
    'request-property-added',
    ({ written }) => put(written['properties']!, 'new', text),
  ],
  [
    'request enum widened',
    'minor',
    'request-enum-value-added',
    ({ parameters }) => named(parameters, 'sort')['schema']!['enum']!.push('side' as never),
  ],
  [
    'argument became optional',
    'minor',
    'request-became-optional',
    ({ parameters }) => put(named(parameters, 'owner'), 'required', false),
  ],
  [
    'argument gains a default',
    'patch',
    'request-default-added',
    ({ parameters }) => put(named(parameters, 'sort')['schema']!, 'default', 'up'),
  ],

  // What a reader gets.
  [
    'response member removed',
    'major',
    'response-property-removed',
    ({ read }) => delete read['properties']!['note'],
  ],
  [
    'response member became optional',
    'major',
    'response-became-optional',
    ({ read }) => read['required']!.pop(),
  ],
  [
    'response member became nullable',
    'major',
    'response-became-nullable',
    ({ read }) => put(field(read, 'note'), 'type', ['string', 'null']),
  ],
  [
    'response type widened',
    'major',
    'response-type-widened',
    ({ read }) => put(field(read, 'id'), 'type', ['string', 'integer']),
  ],
  [
    'response type lost',
    'major',
    'response-type-lost',
    ({ read }) => put(read['properties']!, 'id', {}),
  ],
  [
    'response type changed',
    'major',
    'response-type-changed',
    ({ read }) => put(field(read, 'id'), 'type', 'integer'),
  ],
  [
    'response enum member added',
    'major',
    'response-enum-value-added',
    ({ read }) => field(read, 'level')['enum']!.push('mid' as never),
  ],
  [
    'response enum member removed',
    'major',
    'response-enum-value-removed',
    ({ read }) => field(read, 'level')['enum']!.pop(),
  ],
  [
    'response string became an enum',
    'major',
    '',
    ({ read }) => put(field(read, 'id'), 'enum', ['a', 'b']),
  ],
  [
    'response union narrowed',
    'major',
    'response-type-narrowed',
    ({ read }) => put(field(read, 'either'), 'type', 'string'),
  ],
  [
    'response unknown got a type',
    'major',
    'response-type-given',
    ({ read }) => put(read['properties']!, 'anything', { type: 'array', items: text }),
  ],
  [
    'response member added',
    'minor',
    'response-property-added',
    ({ read }) => put(read['properties']!, 'new', text),
  ],
  [
    'response member became required',
    'minor',
    'response-became-required',
    ({ read }) => read['required']!.push('note' as never),
  ],
  [
    'response member is never null',
    'minor',
    'response-never-null',
    ({ read }) => put(field(read, 'maybe'), 'type', 'string'),
  ],
  [
    'new success body',
    'major',
    'response-status-added-success',
    ({ responses }) =>
      put(responses, '201', response({ type: 'object', properties: { other: text } })),
  ],
  [
    'new error body of another shape',
    'major',
    'response-status-added-error',
    ({ responses }) =>
      put(
        responses,
        '409',
        response({
          type: 'object',
          required: ['clash'],
          properties: { clash: { type: 'integer' } },
        }),
      ),
  ],
  [
    'new error body of a known shape',
    'minor',
    'response-status-added',
    ({ responses }) => put(responses, '403', responses['404']),
  ],
  [
    'response status removed',
    'major',
    'response-status-removed',
    ({ responses }) => delete responses['404'],
  ],
  [
    'media type removed',
    'major',
    'response-media-type-removed',
    ({ responses }) => delete responses['200']!['content']!['text/csv'],
  ],

  // What only the documents show.
  [
    'request bound tightened',
    'major',
    'request-bound-tightened',
    ({ parameters }) => put(named(parameters, 'after')['schema']!, 'maxLength', 5),
  ],
  [
    'request bound relaxed',
    'patch',
    'request-bound-relaxed',
    ({ parameters }) => put(named(parameters, 'after')['schema']!, 'maxLength', 50),
  ],
  [
    'request refuses other properties',
    'major',
    'request-additional-properties-refused',
    ({ written }) => put(written, 'additionalProperties', false),
  ],
  [
    'request refuses fractions',
    'major',
    'request-number-narrowed',
    ({ written }) => put(field(written, 'count'), 'type', 'integer'),
  ],
  [
    'response format changed',
    'major',
    'response-format-changed',
    ({ read }) => put(field(read, 'at'), 'format', 'date'),
  ],
  [
    'response bound changed',
    'patch',
    'response-bound-changed',
    ({ read }) => put(field(read, 'note'), 'maxLength', 5),
  ],
  [
    'security requirement added',
    'major',
    'security-tightened',
    ({ document }) => put(document, 'security', [{ key: [], token: [] }]),
  ],
  [
    'security alternative added',
    'minor',
    'security-relaxed',
    ({ document }) => put(document, 'security', [{ key: [] }, { token: [] }]),
  ],
  [
    'key header renamed',
    'major',
    'security-tightened',
    ({ document }) => put(document['components']!['securitySchemes']!['key']!, 'name', 'X-OTHER'),
  ],
  [
    'server moved',
    'patch',
    'server-changed',
    ({ document }) => put(document, 'servers', [{ url: 'https://other.example.com' }]),
  ],
  ['deprecated', 'minor', 'deprecated', ({ save }) => put(save, 'deprecated', true)],
  [
    'description changed',
    'patch',
    'docs-changed',
    ({ save }) => put(save, 'description', 'Keeps it.'),
  ],

  // What promises the same.
  [
    'parameters in another order',
    'none',
    '',
    ({ save, parameters }) => put(save, 'parameters', parameters.toReversed()),
  ],
  ['tags', 'none', '', ({ save }) => put(save, 'tags', ['x'])],
  ['an extension', 'none', '', ({ save }) => put(save, 'x-inner', true)],
  ['info.version', 'none', '', ({ document }) => put(document['info']!, 'version', '2')],
  [
    'a reference in an allOf of one',
    'none',
    '',
    ({ responses }) =>
      put(responses['404']!['content']!['application/json']!, 'schema', {
        allOf: [{ $ref: '#/components/schemas/Problem' }],
      }),
  ],
]

test.each(rows)('%s: %s', async (_rule, bump, kind, edit) => {
  const document = structuredClone(createDocument()) as unknown as Loose
  const save = document['paths']!['/things/{id}']!['post']!
  const { Written: written, Read: read } = document['components']!['schemas']! as never
  edit({
    document,
    save,
    parameters: save['parameters']!,
    responses: save['responses']!,
    written,
    read,
  })
  const diff = await diffDocuments(createDocument() as SpecDocument, document as never)
  expect(diff).toMatchObject({ bump })
  if (kind) {
    const { reason } = policy[kind]
    expect(diff.changes).toContainEqual(expect.objectContaining({ kind, bump, reason }))
  }
})

const member = (type: string, ...more: string[]): object => ({
  type: 'object',
  required: ['type', 'value', ...more],
  properties: {
    type: { type: 'string', enum: [type] },
    value: text,
    ...Object.fromEntries(more.map((name) => [name, text])),
  },
})

const withUnion = (...oneOf: object[]): SpecDocument => {
  const document = structuredClone(createDocument()) as unknown as Loose
  put(document['components']!['schemas']!['Read']!['properties']!, 'union', { oneOf })
  return document as unknown as SpecDocument
}

test('members of a union are known by their literal, in any order', async () => {
  const { bump, changes } = await diffDocuments(
    withUnion(member('card'), member('cash')),
    withUnion(member('cash', 'coins'), member('card', 'issuer')),
  )
  expect(changes.map(({ kind, after }) => [kind, after])).toEqual([
    ['response-property-added', 'string'],
    ['response-property-added', 'string'],
  ])
  expect(bump).toBe('minor')
})

/** Without a body `error` stays undefined, and a check of it no longer proves that `data` is there. */
test.each([
  ['without a body', response(), 'major'],
  ['with a body', response({ $ref: '#/components/schemas/Problem' }), 'minor'],
] as const)('first documented error, %s', async (_name, added, bump) => {
  const before = structuredClone(createDocument()) as unknown as Loose
  const responses = before['paths']!['/things/{id}']!['post']!['responses']!
  delete responses['404']
  const after = structuredClone(before)
  put(after['paths']!['/things/{id}']!['post']!['responses']!, '404', added)
  expect((await diffDocuments(before as never, after as never)).bump).toBe(bump)
  const schemas = await Promise.all([before, after].map((one) => createContract(one as never)))
  const [failed] = await runProbes([{ before: schemas[0]!.schema, after: schemas[1]!.schema }])
  expect(failed!.some(({ strict }) => !strict)).toBe(bump === 'major')
})
