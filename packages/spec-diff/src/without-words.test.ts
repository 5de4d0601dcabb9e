import type { SpecDocument } from '@cekura-kit/spec'
import { expect, test } from 'vitest'
import { createContract } from './diff-specs.ts'
import { withoutWords } from './without-words.ts'

const text = { type: 'string', description: 'Some words.' }
const document = {
  openapi: '3.1.0',
  info: { title: 'Trial', version: '1' },
  paths: {},
  components: {
    schemas: {
      Card: {
        type: 'object',
        title: 'A card',
        required: ['title', 'kind'],
        properties: { title: text, description: text, kind: { type: 'string', enum: ['title'] } },
      },
      Fixed: { const: { title: 'kept', summary: 'kept' }, description: 'Some words.' },
      Any: {
        oneOf: [{ $ref: '#/components/schemas/Card' }],
        discriminator: { propertyName: 'kind', mapping: { title: '#/components/schemas/Card' } },
      },
    },
  },
} as unknown as SpecDocument

const code = (source: string): string =>
  source.replaceAll(/\/\*\*[^]*?\*\//g, '').replaceAll(/^\s*\n|[ \t]+/gm, '')

test('types are the same without words, whatever bears their name', async () => {
  const { schema } = await createContract(document)
  const bare = await createContract(withoutWords(document))
  expect(schema).toContain('Some words.')
  expect(bare.schema).not.toContain('words')
  expect(code(bare.schema)).toBe(code(schema))
})
