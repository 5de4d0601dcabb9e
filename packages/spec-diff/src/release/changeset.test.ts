import type { SpecDocument } from '@cekura-kit/spec'
import { expect, test } from 'vitest'
import { diffSpecs } from '../diff.ts'
import { formatChangeset } from './changeset.ts'

type Schema = { [keyword: string]: unknown }

/** A document with one operation that takes a parameter and returns a call. */
const createDocument = (parameter: Schema, topic: Schema | undefined): SpecDocument =>
  ({
    openapi: '3.1.1',
    info: { title: 'Calls', version: '1.0.0' },
    paths: {
      '/calls/': {
        get: {
          operationId: 'calls.list',
          parameters: [{ name: 'team', in: 'query', ...parameter }],
          responses: {
            200: {
              description: 'A call.',
              content: {
                'application/json': {
                  schema: { type: 'object', properties: topic ? { topic } : {} },
                },
              },
            },
          },
        },
      },
    },
  }) as SpecDocument

const integer = { schema: { type: 'integer' } }
const string = { type: 'string' }

test.each([
  [
    'a parameter that becomes required',
    createDocument(integer, string),
    createDocument({ ...integer, required: true }, string),
    'query parameter team`: request became required `optional → required`; requests without it no longer compile. To do: pass `team`.',
  ],
  [
    'a removed property',
    createDocument(integer, string),
    createDocument(integer, undefined),
    '200 body.topic`: response property removed `- string`; reading it no longer compiles. To do: remove the code that reads `topic`.',
  ],
  [
    'another type',
    createDocument(integer, string),
    createDocument(integer, { type: 'integer' }),
    '200 body.topic`: response type changed `string → integer`; readers expect the old type. To do: adapt the code that reads `topic`.',
  ],
  [
    'an addition',
    createDocument(integer, undefined),
    createDocument(integer, string),
    '200 body.topic`: response property added `+ string`; readers may ignore it. To do: nothing.',
  ],
])('%s has a line with operation, place, both values and the fix', (_, before, after, line) => {
  expect(formatChangeset(diffSpecs(before, after))).toContain(
    `- \`calls.list\` (\`GET /calls/\`) \`${line}\n`,
  )
})
