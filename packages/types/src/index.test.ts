import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { bundleSpec, listOperations } from '@cekura-kit/spec'
import { expect, expectTypeOf, test } from 'vitest'
import { generateFiles, generateSchema, generateUnchecked } from './generator.ts'
import {
  operationPaths,
  specDigest,
  type CallLog,
  type CallLogPage,
  type CallLogStatus,
  type FieldErrors,
  type ListCallLogsQuery,
  type Metric,
  type paths,
} from './index.ts'

const { document } = await bundleSpec()

test('specDigest is the SHA-256 of the shipped document', async () => {
  const bytes = await readFile(new URL('../openapi.json', import.meta.url))
  expect(specDigest).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('operationPaths has every operation of the document and no other', () => {
  expect(operationPaths).toEqual(
    Object.fromEntries(
      listOperations(document).map(({ operationId, path }) => [operationId, path]),
    ),
  )
})

test('the same document generates the same bytes', async () => {
  expect(await generateFiles(document)).toEqual(await generateFiles(structuredClone(document)))
})

test('a generated file changes with the document', async () => {
  const changed = structuredClone(document) as {
    components: { schemas: { CallLogStatus: { enum: string[] } } }
  }
  changed.components.schemas.CallLogStatus.enum.push('escalated')
  const [json, schema, constants] = await generateFiles(changed as never)
  expect(json!.text).toContain('escalated')
  expect(schema!.text).toContain('"escalated"')
  expect(constants!.text).not.toContain(specDigest)
})

test('the types say what the document says', () => {
  expectTypeOf<CallLog['id']>().toEqualTypeOf<number>()
  expectTypeOf<CallLog['success']>().toEqualTypeOf<boolean | null | undefined>()
  expectTypeOf<CallLog['timestamp']>().toEqualTypeOf<string>()
  expectTypeOf<CallLogStatus>().toEqualTypeOf<
    'success' | 'failure' | 'reviewed_success' | 'reviewed_failure'
  >()
  expectTypeOf<CallLogPage['next']>().toEqualTypeOf<string | null>()
  expectTypeOf<Metric['score']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<FieldErrors>().toEqualTypeOf<{ [key: string]: string[] }>()
  expectTypeOf<ListCallLogsQuery['agent_id']>().toEqualTypeOf<number>()
  expectTypeOf<ListCallLogsQuery['call_ids']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<keyof paths>().toEqualTypeOf<(typeof operationPaths)[keyof typeof operationPaths]>()
  // @ts-expect-error agent_id is required
  const query: ListCallLogsQuery = { page: 1 }
  expect(query).toBeDefined()
})

test('the generation without a lint writes the same bytes', async () => {
  expect(generateUnchecked(document)).toBe(await generateSchema(document))
})
