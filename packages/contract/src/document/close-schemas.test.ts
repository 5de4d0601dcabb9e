import { createSchemaValidator, type SpecDocument } from '@cekura-kit/spec'
import { expect, test } from 'vitest'
import { closeSchemas } from './close-schemas.ts'

const text = { type: 'string' }
const document = {
  components: {
    schemas: {
      Named: { type: 'object', properties: { name: text } },
      Aged: {
        allOf: [
          { $ref: '#/components/schemas/Named' },
          { type: 'object', properties: { age: { type: 'integer' } } },
        ],
      },
      Either: { anyOf: [{ $ref: '#/components/schemas/Aged' }, { type: 'null' }] },
      Single: { type: 'object', properties: { name: text } },
    },
  },
} satisfies SpecDocument

test.each([
  ['Single', { name: 'a' }, true],
  ['Single', { name: 'a', other: 1 }, false],
  ['Aged', { name: 'a', age: 1 }, true],
  ['Aged', { name: 'a', age: 1, other: 1 }, false],
  ['Either', { name: 'a', age: 1 }, true],
  ['Either', { age: 1, other: 1 }, false],
])(
  'a closed %s has the properties of all its parts and no others: %j is %s',
  (name, value, isValid) => {
    const closed = closeSchemas(document)
    const problemOf = createSchemaValidator(closed)({ $ref: `#/components/schemas/${name}` })
    expect(problemOf(value) === undefined).toBe(isValid)
  },
)
