import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { bundleSpec, listOperations } from '@cekura-kit/spec'
import { expect, expectTypeOf, test } from 'vitest'
import {
  callLogStatusValues,
  operationDescriptors,
  specDigest,
  type CallLog,
  type CallLogPage,
  type CallLogsListInput,
  type CallLogsListQuery,
  type CallLogsListResponse,
  type CallLogStatus,
  type FieldErrors,
  type Metric,
  type OperationDescriptor,
  type operations,
  type paths,
} from './index.ts'

const { document } = await bundleSpec()

test('specDigest is the SHA-256 of the shipped document', async () => {
  const bytes = await readFile(new URL('../openapi.json', import.meta.url))
  expect(specDigest).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('operationDescriptors has the method and path of every operation and no others', () => {
  const descriptors: Record<string, OperationDescriptor> = operationDescriptors
  expect(
    Object.fromEntries(
      Object.entries(descriptors).map(([id, { method, path }]) => [id, { method, path }]),
    ),
  ).toEqual(
    Object.fromEntries(
      listOperations(document).map(({ operationId, method, path }) => [
        operationId,
        { method, path },
      ]),
    ),
  )
})

test('the values of a named enum are those of its type', () => {
  expectTypeOf<(typeof callLogStatusValues)[number]>().toEqualTypeOf<CallLogStatus>()
  expect(callLogStatusValues).toContain('evaluating')
})

test('the types match the document', () => {
  expectTypeOf<CallLog['id']>().toEqualTypeOf<number>()
  expectTypeOf<CallLog['success']>().toEqualTypeOf<boolean | null | undefined>()
  expectTypeOf<CallLog['timestamp']>().toEqualTypeOf<string>()
  expectTypeOf<CallLogPage['next']>().toEqualTypeOf<string | null>()
  expectTypeOf<CallLogPage['count']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<CallLogsListResponse>().toEqualTypeOf<CallLogPage>()
  expectTypeOf<Metric['score']>().toEqualTypeOf<number | null | undefined>()
  expectTypeOf<FieldErrors>().toEqualTypeOf<{ [key: string]: string[] }>()
  expectTypeOf<CallLogsListQuery['call_ids']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<CallLogsListInput['call_ids']>().toEqualTypeOf<
    string | readonly number[] | undefined
  >()
  expectTypeOf<CallLogsListInput['timestamp_from']>().toEqualTypeOf<string | Date | undefined>()
  expectTypeOf<keyof typeof operationDescriptors>().toEqualTypeOf<keyof operations>()
  expectTypeOf<keyof paths>().toEqualTypeOf<
    (typeof operationDescriptors)[keyof typeof operationDescriptors]['path']
  >()
})
