import type { SpecDocument } from '@cekura-kit/spec'
import type { Bump } from './change.ts'
import type { Loose } from './trial-document.ts'

const loose = (value: unknown): Loose => value as Loose

interface Place {
  document: Loose
  /** Schema of a body that callers write, only. */
  written: Loose
  /** Schema of a body that readers get, only. */
  read: Loose
  list: Loose
  create: Loose
  /** Name of a property of `written` and of `read`: a plain string, required or not. */
  required: string
  optional: string
}

export interface Mutation {
  name: string
  area: 'parameter' | 'written' | 'read' | 'operation' | 'security' | 'silent'
  bump: Bump
  apply(place: Place): void
}

const set = (owner: Loose, key: string, value: unknown): void => {
  ;(owner as Record<string, unknown>)[key] = value
}
const property = (schema: Loose, name: string): Loose => schema['properties']![name]!
const unlist = (schema: Loose, name: string): void =>
  set(
    schema,
    'required',
    loose(schema['required']).filter((one) => String(one) !== name),
  )
const parameter = (place: Place, name: string): Loose =>
  place.list['parameters']!.find((one) => String(one['name']) === name)!

const inBody = (area: 'written' | 'read', verdicts: { [name: string]: Bump }): Mutation[] => {
  const edits: { [name: string]: (schema: Loose, place: Place) => void } = {
    'optional property added': (schema) => set(schema['properties']!, 'added', { type: 'string' }),
    'required property added': (schema) => {
      set(schema['properties']!, 'added', { type: 'string' })
      schema['required']!.push(loose('added'))
    },
    'optional property removed': (schema, { optional }) => delete schema['properties']![optional],
    'required property removed': (schema, { required }) => {
      delete schema['properties']![required]
      unlist(schema, required)
    },
    'property became optional': (schema, { required }) => unlist(schema, required),
    'property became required': (schema, { optional }) => {
      schema['required']!.push(loose(optional))
    },
    'null let in': (schema, { optional }) =>
      set(property(schema, optional), 'type', ['string', 'null']),
    'null shut out': (schema) => set(property(schema, 'nullable'), 'type', 'string'),
    'type changed': (schema, { required }) => set(property(schema, required), 'type', 'boolean'),
    'type widened': (schema, { required }) =>
      set(property(schema, required), 'type', ['string', 'boolean']),
    'type narrowed': (schema) => set(property(schema, 'either'), 'type', 'string'),
    'type lost': (schema, { optional }) => set(schema['properties']!, optional, {}),
    'enum value added': (schema) => property(schema, 'level')['enum']!.push(loose('extra')),
    'enum value removed': (schema) => property(schema, 'level')['enum']!.pop(),
    'enum opened': (schema) => delete property(schema, 'level')['enum'],
    'string closed': (schema, { optional }) => set(property(schema, optional), 'enum', ['a', 'b']),
    'nested property removed': (schema) =>
      delete property(property(schema, 'nested'), 'deep')['properties']!['leaf'],
    'item type changed': (schema) => set(property(schema, 'list')['items']!, 'type', 'integer'),
    'union member added': (schema) =>
      property(schema, 'union')['oneOf']!.push(
        loose({ type: 'object', required: ['c'], properties: { c: { type: 'boolean' } } }),
      ),
    'length bound tightened': (schema, { required }) =>
      set(property(schema, required), 'maxLength', 5),
    'length bound relaxed': (schema, { required }) =>
      set(property(schema, required), 'maxLength', 5000),
    'pattern added': (schema, { required }) => set(property(schema, required), 'pattern', '^x'),
    'format changed': (schema) => set(property(schema, 'moment'), 'format', 'date'),
    'whole number became a fraction': (schema) => set(property(schema, 'count'), 'type', 'number'),
    'closed to other properties': (schema) => set(schema, 'additionalProperties', false),
    'property deprecated': (schema, { optional }) =>
      set(property(schema, optional), 'deprecated', true),
    'description changed': (schema, { optional }) =>
      set(property(schema, optional), 'description', 'New words.'),
  }
  return Object.entries(verdicts).map(([name, bump]) => ({
    name: `${area}: ${name}`,
    area,
    bump,
    apply: (place) => edits[name]!(place[area], place),
  }))
}

const one = (
  area: Mutation['area'],
  name: string,
  bump: Bump,
  apply: (place: Place) => void,
): Mutation => ({ area, name: `${area}: ${name}`, bump, apply })

/** Edits of a document whose verdict follows from what they do. */
export const mutations: readonly Mutation[] = [
  ...inBody('written', {
    'optional property added': 'minor',
    'required property added': 'major',
    'optional property removed': 'major',
    'required property removed': 'major',
    'property became optional': 'minor',
    'property became required': 'major',
    'null let in': 'minor',
    'null shut out': 'major',
    'type changed': 'major',
    'type widened': 'minor',
    'type narrowed': 'major',
    'type lost': 'minor',
    'enum value added': 'minor',
    'enum value removed': 'major',
    'enum opened': 'minor',
    'string closed': 'major',
    'nested property removed': 'major',
    'item type changed': 'major',
    'union member added': 'minor',
    'length bound tightened': 'major',
    'length bound relaxed': 'patch',
    'pattern added': 'major',
    'format changed': 'major',
    'whole number became a fraction': 'minor',
    'closed to other properties': 'major',
    'property deprecated': 'minor',
    'description changed': 'patch',
  }),
  ...inBody('read', {
    'optional property added': 'minor',
    'required property added': 'minor',
    'optional property removed': 'major',
    'required property removed': 'major',
    'property became optional': 'major',
    'property became required': 'minor',
    'null let in': 'major',
    'null shut out': 'minor',
    'type changed': 'major',
    'type widened': 'major',
    'type narrowed': 'major',
    'type lost': 'major',
    'enum value added': 'major',
    'enum value removed': 'major',
    'enum opened': 'major',
    'string closed': 'major',
    'nested property removed': 'major',
    'item type changed': 'major',
    'union member added': 'major',
    'length bound tightened': 'patch',
    'length bound relaxed': 'patch',
    'pattern added': 'patch',
    'format changed': 'major',
    'whole number became a fraction': 'major',
    'closed to other properties': 'patch',
    'property deprecated': 'minor',
    'description changed': 'patch',
  }),
  one('parameter', 'optional added', 'minor', ({ list }) =>
    list['parameters']!.push(loose({ name: 'added', in: 'query', schema: { type: 'string' } })),
  ),
  one('parameter', 'required added', 'major', ({ list }) =>
    list['parameters']!.push(
      loose({ name: 'added', in: 'query', required: true, schema: { type: 'string' } }),
    ),
  ),
  one('parameter', 'removed', 'major', ({ list }) =>
    set(list, 'parameters', list['parameters']!.slice(1)),
  ),
  one('parameter', 'renamed', 'major', (place) => set(parameter(place, 'text'), 'name', 'words')),
  one('parameter', 'list items changed', 'major', (place) =>
    set(parameter(place, 'ids')['schema']!['items']!, 'type', 'boolean'),
  ),
  one('parameter', 'null let in', 'minor', (place) =>
    set(parameter(place, 'text')['schema']!, 'type', ['string', 'null']),
  ),
  one(
    'parameter',
    'enum opened',
    'minor',
    (place) => delete parameter(place, 'sort')['schema']!['enum'],
  ),
  one('parameter', 'pattern added', 'major', (place) =>
    set(parameter(place, 'text')['schema']!, 'pattern', '^x'),
  ),
  one('parameter', 'became required', 'major', (place) =>
    set(parameter(place, 'text'), 'required', true),
  ),
  one('parameter', 'became optional', 'minor', (place) =>
    set(parameter(place, 'owner'), 'required', false),
  ),
  one('parameter', 'moved to a header', 'major', (place) =>
    set(parameter(place, 'text'), 'in', 'header'),
  ),
  one('parameter', 'type changed', 'major', (place) =>
    set(parameter(place, 'owner')['schema']!, 'type', 'boolean'),
  ),
  one('parameter', 'enum value added', 'minor', (place) =>
    parameter(place, 'sort')['schema']!['enum']!.push(loose('extra')),
  ),
  one('parameter', 'enum value removed', 'major', (place) =>
    parameter(place, 'sort')['schema']!['enum']!.pop(),
  ),
  one('parameter', 'bound tightened', 'major', (place) =>
    set(parameter(place, 'text')['schema']!, 'maxLength', 3),
  ),
  one('parameter', 'bound relaxed', 'patch', (place) =>
    set(parameter(place, 'text')['schema']!, 'maxLength', 300),
  ),
  one('parameter', 'least length added', 'major', (place) =>
    set(parameter(place, 'text')['schema']!, 'minLength', 1),
  ),
  one('parameter', 'default added', 'patch', (place) =>
    set(parameter(place, 'text')['schema']!, 'default', 'x'),
  ),
  one('parameter', 'list written another way', 'major', (place) =>
    set(parameter(place, 'ids'), 'explode', false),
  ),
  one('parameter', 'deprecated', 'minor', (place) =>
    set(parameter(place, 'text'), 'deprecated', true),
  ),
  one('operation', 'deprecated', 'minor', ({ list }) => set(list, 'deprecated', true)),
  one('operation', 'renamed', 'major', ({ list }) => set(list, 'operationId', 'renamed')),
  one('operation', 'added', 'minor', ({ document }) =>
    set(document['paths']!, '/added', {
      get: { operationId: 'added', responses: { 204: { description: 'n' } } },
    }),
  ),
  one('operation', 'removed', 'major', ({ document }) => delete document['paths']!['/things/{id}']),
  one(
    'operation',
    'method removed',
    'major',
    ({ document }) => delete document['paths']!['/things/{id}']!['delete'],
  ),
  one('operation', 'path parameter renamed', 'major', ({ document }) => {
    const item = document['paths']!['/things/{id}']!
    delete document['paths']!['/things/{id}']
    set(item['delete']!['parameters']![0]!, 'name', 'key')
    set(document['paths']!, '/things/{key}', item)
  }),
  one('operation', 'success added', 'major', ({ list }) =>
    set(list['responses']!, '202', { description: 'Later.' }),
  ),
  one('operation', 'error of a known shape added', 'minor', ({ list }) =>
    set(list['responses']!, '403', list['responses']!['404']),
  ),
  one('operation', 'error of a new shape added', 'major', ({ list }) =>
    set(list['responses']!, '409', {
      description: 'Conflict.',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['clash'],
            properties: { clash: { type: 'integer' } },
          },
        },
      },
    }),
  ),
  one('operation', 'error without a body added', 'major', ({ list }) =>
    set(list['responses']!, '429', { description: 'Slow down.' }),
  ),
  one('operation', 'media type added with a known body', 'minor', ({ list }) =>
    set(
      list['responses']!['404']!['content']!,
      'application/problem+json',
      list['responses']!['404']!['content']!['application/json'],
    ),
  ),
  one(
    'operation',
    'success body removed',
    'major',
    ({ list }) => delete list['responses']!['200']!['content'],
  ),
  one('operation', 'body removed', 'major', ({ create }) => delete create['requestBody']),
  one('operation', 'method added', 'minor', ({ document }) =>
    set(document['paths']!['/things/{id}']!, 'head', {
      operationId: 'added',
      parameters: document['paths']!['/things/{id}']!['delete']!['parameters'],
      responses: { 204: { description: 'n' } },
    }),
  ),
  one('operation', 'component renamed', 'major', ({ document }) => {
    const schemas = document['components']!['schemas']!
    set(schemas, 'Renamed', schemas['Spare'])
    delete schemas['Spare']
  }),
  one('operation', 'error removed', 'major', ({ list }) => delete list['responses']!['404']),
  one('operation', 'component added', 'minor', ({ document }) =>
    set(document['components']!['schemas']!, 'Added', { type: 'string' }),
  ),
  one(
    'operation',
    'component removed',
    'major',
    ({ document }) => delete document['components']!['schemas']!['Spare'],
  ),
  one('operation', 'body became optional', 'minor', ({ create }) =>
    set(create['requestBody']!, 'required', false),
  ),
  one(
    'operation',
    'response header removed',
    'major',
    ({ list }) => delete list['responses']!['200']!['headers'],
  ),
  // Of this area because its place is one that others of the area take away.
  one('operation', 'reference wrapped in an allOf of one', 'none', ({ list }) => {
    const body = list['responses']!['404']!['content']!['application/json']!
    set(body, 'schema', { allOf: [body['schema']] })
  }),
  one('security', 'key renamed', 'major', ({ document }) =>
    set(document['components']!['securitySchemes']!['key']!, 'name', 'X-OTHER'),
  ),
  one('security', 'another one needed too', 'major', ({ document }) =>
    set(document, 'security', [{ key: [], token: [] }]),
  ),
  one('security', 'alternative added', 'minor', ({ document }) =>
    set(document, 'security', [{ key: [] }, { token: [] }]),
  ),
  one('security', 'scheme renamed in the document only', 'patch', ({ document }) => {
    const schemes = document['components']!['securitySchemes']!
    set(schemes, 'other', schemes['key'])
    set(document, 'security', [{ other: [] }])
    delete schemes['key']
  }),
  one('silent', 'parameters reordered', 'none', ({ list }) =>
    set(list, 'parameters', list['parameters']!.toReversed()),
  ),
  one('silent', 'required in another order', 'none', ({ read }) =>
    set(read, 'required', read['required']!.toReversed()),
  ),
  one('silent', 'properties in another order', 'none', ({ written }) =>
    set(
      written,
      'properties',
      Object.fromEntries(Object.entries(written['properties']!).toReversed()),
    ),
  ),
  one('silent', 'tags changed', 'none', ({ list }) => set(list, 'tags', ['other'])),
  one('silent', 'extension added', 'none', ({ list }) => set(list, 'x-internal', true)),
  one('silent', 'version changed', 'none', ({ document }) =>
    set(document['info']!, 'version', '9'),
  ),
]

/** A copy of the document with mutations applied. */
export function mutate(document: SpecDocument, chosen: readonly Mutation[]): SpecDocument {
  const copy = structuredClone(document) as unknown as Loose
  const schemas = copy['components']!['schemas']!
  const place: Place = {
    document: copy,
    read: schemas['Read']!,
    written: schemas['Written']!,
    list: copy['paths']!['/things']!['get']!,
    create: copy['paths']!['/things']!['post']!,
    required: 'name',
    optional: 'note',
  }
  for (const mutation of chosen) mutation.apply(place)
  return copy as unknown as SpecDocument
}
