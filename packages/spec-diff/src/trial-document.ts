import type { SpecDocument } from '@cekura-kit/spec'

/** A number in [0, 1) after each call, the same sequence for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Loosely typed on purpose: edits reach anywhere. */
export type Loose = { [key: string]: Loose } & Loose[]

const json = (schema: unknown): unknown => ({ 'application/json': { schema } })
const ref = (name: string): unknown => ({ $ref: `#/components/schemas/${name}` })

/** A document with every shape the mutations need, and random company around them. */
export function createTrialDocument(random: () => number): SpecDocument {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const filler = (depth: number): unknown => {
    const kind = pick([
      'string',
      'integer',
      'number',
      'boolean',
      'enum',
      'array',
      'object',
      'union',
    ])
    if (kind === 'enum')
      return {
        type: 'string',
        enum: ['one', 'two', 'three'].slice(0, 1 + Math.floor(random() * 3)),
      }
    if (depth > 2 || kind === 'string')
      return { type: pick(['string', ['string', 'null']]), maxLength: 100 }
    if (kind === 'array') return { type: 'array', items: filler(depth + 1) }
    if (kind === 'object') return body(depth + 1)
    if (kind === 'union') return { oneOf: [body(depth + 1), { type: 'string' }] }
    return { type: kind }
  }
  function body(depth: number): unknown {
    const names = ['f1', 'f2', 'f3', 'f4'].slice(0, 1 + Math.floor(random() * 4))
    return {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, filler(depth)])),
      required: names.filter(() => random() < 0.5),
    }
  }
  const main = (): unknown => {
    const { properties, required } = body(0) as { properties: object; required: string[] }
    return {
      type: 'object',
      required: ['name', 'level', ...required],
      properties: {
        name: { type: 'string', maxLength: 50 },
        note: { type: 'string' },
        nullable: { type: ['string', 'null'] },
        either: { type: ['string', 'integer'] },
        level: { type: 'string', enum: ['low', 'mid', 'high'] },
        moment: { type: 'string', format: 'date-time' },
        count: { type: 'integer' },
        list: { type: 'array', items: { type: 'string' } },
        nested: {
          type: 'object',
          properties: {
            deep: {
              type: 'object',
              properties: { leaf: { type: 'string' }, other: { type: 'string' } },
            },
          },
        },
        union: {
          oneOf: [
            { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
            { type: 'object', required: ['b'], properties: { b: { type: 'integer' } } },
          ],
        },
        ...properties,
      },
    }
  }
  const document = {
    openapi: pick(['3.1.0', '3.1.1']),
    info: { title: 'Trial', version: '1' },
    security: [{ key: [] }],
    paths: {
      '/things': {
        get: {
          operationId: 'list',
          parameters: [
            { name: 'text', in: 'query', schema: { type: 'string', maxLength: 30 } },
            { name: 'owner', in: 'query', required: true, schema: { type: 'integer' } },
            { name: 'sort', in: 'query', schema: { type: 'string', enum: ['up', 'down'] } },
            { name: 'ids', in: 'query', schema: { type: 'array', items: { type: 'integer' } } },
          ],
          responses: {
            200: {
              description: 'ok',
              headers: { 'X-Total': { schema: { type: 'integer' } } },
              content: json(
                pick([
                  ref('Read'),
                  { type: 'array', items: ref('Read') },
                  {
                    type: 'object',
                    required: ['results'],
                    properties: { results: { type: 'array', items: ref('Read') } },
                  },
                ]),
              ),
            },
            404: { description: 'none', content: json(ref('Problem')) },
          },
        },
        post: {
          operationId: 'create',
          requestBody: { required: true, content: json(ref('Written')) },
          responses: { 204: { description: 'made' } },
        },
      },
      '/things/{id}': {
        delete: {
          operationId: 'remove',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 204: { description: 'gone' } },
        },
      },
    },
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-KEY' },
        token: { type: 'http', scheme: 'bearer' },
      },
      schemas: {
        Read: main(),
        Written: main(),
        Problem: {
          type: 'object',
          required: ['detail'],
          properties: { detail: { type: 'string' } },
        },
        Spare: filler(1),
      },
    },
  }
  return document as unknown as SpecDocument
}
