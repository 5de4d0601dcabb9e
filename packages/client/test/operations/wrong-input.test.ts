import type { ParameterDescriptor } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { checkParameter } from '../../src/input/check-parameter.ts'
import { catchCekuraError } from '../support/catch-error.ts'
import { createOperations, describeOperation } from '../support/operations.ts'

/** The error of a call whose `fetch` must not be reached. */
function rejectionOf(
  descriptor: Parameters<ReturnType<typeof createOperations>['call']>[0],
  input: unknown,
) {
  let sent = 0
  const fetch = () => Promise.reject(new Error(`sent ${++sent}`))
  return catchCekuraError(createOperations({ fetch }).call(descriptor, input)).then((error) => {
    expect(sent).toBe(0)
    expect(error).toMatchObject({ code: 'usage', attempts: 0 })
    return error
  })
}

const withPath = (type?: ParameterDescriptor['type'], required = true) =>
  describeOperation('GET', '/v1/items/{id}/', {
    parameters: {
      id: { in: 'path', ...(type && { type }), ...(required && { required: true as const }) },
    },
  })

test.each([
  { what: 'missing', input: {}, message: 'Missing id: the operation requires it.' },
  {
    what: 'missing, with undefined,',
    input: { id: undefined },
    message: 'Missing id: the operation requires it.',
  },
  {
    what: 'null',
    input: { id: null },
    message: 'Invalid id: expected a non-empty string, got null.',
  },
  {
    what: 'empty',
    input: { id: '' },
    message: 'Invalid id: expected a non-empty string, got an empty string.',
  },
  {
    what: 'blank',
    input: { id: ' ' },
    message: 'Invalid id: expected a non-empty string, got a string.',
  },
  {
    what: 'one dot',
    input: { id: '.' },
    message: 'Invalid id: expected a value other than "", "." and "..", got a string.',
  },
  {
    what: 'two dots',
    input: { id: '..' },
    message: 'Invalid id: expected a value other than "", "." and "..", got a string.',
  },
  {
    what: 'a number in place of a string',
    input: { id: 5 },
    message: 'Invalid id: expected a non-empty string, got 5.',
  },
  {
    what: 'half of a surrogate pair',
    input: { id: '\uD800' },
    message: 'Invalid id: expected a non-empty string, got a string.',
  },
])('rejects a path value that is $what', async ({ input, message }) => {
  expect((await rejectionOf(withPath('string'), input)).message).toBe(message)
})

test('rejects a missing path value that the descriptor does not mark as required', async () => {
  expect(await rejectionOf(withPath('integer', false), {})).toMatchObject({
    reason: 'missing_parameter',
    details: { parameter: 'id' },
  })
})

test('rejects a path template without a parameter for it', async () => {
  expect((await rejectionOf(describeOperation('GET', '/v1/{id}/'), {})).reason).toBe(
    'missing_parameter',
  )
})

test.each(['.', '..'])('rejects an item "%s" of an array in a path', async (item) => {
  expect((await rejectionOf(withPath('array'), { id: [item] })).reason).toBe('invalid_parameter')
})

const wrongForAll = [
  null,
  '',
  ' ',
  [],
  {},
  Number.NaN,
  Number.POSITIVE_INFINITY,
  () => 1,
  Symbol('x'),
]

const valueChecks: { type: ParameterDescriptor; right: unknown[]; wrong: unknown[] }[] = [
  {
    type: { in: 'query', type: 'string' },
    right: ['x', '0', 'é😀'],
    wrong: [0, true, ['x'], new Date(), '\uDC00'],
  },
  {
    type: { in: 'query', type: 'integer' },
    right: [0, -1, 2 ** 53 - 1],
    wrong: ['1', 1.5, 2 ** 53, true, 1n, [1]],
  },
  { type: { in: 'query', type: 'number' }, right: [0, -1.5], wrong: ['1.5', true, 1n] },
  { type: { in: 'query', type: 'boolean' }, right: [true, false], wrong: ['true', 0, 1] },
  {
    type: { in: 'query', type: 'array' },
    right: [['a'], [1, true]],
    wrong: ['a', [null], [['a']], [''], [{}], [undefined]],
  },
  {
    type: { in: 'query', type: 'array', items: 'integer' },
    right: [[1, 2]],
    wrong: [['1'], [1, 1.5], [1, null]],
  },
  {
    type: { in: 'query', type: 'object' },
    right: [{ a: 1 }],
    wrong: ['a', [1], new Date(), new Map(), { a: null }, { a: {} }, { a: undefined }],
  },
  {
    type: { in: 'query', commaSeparated: 'integer' },
    right: ['1', '1,2', ' 1 , 2 ', [1, 2]],
    wrong: ['a', '1,,2', ',1', '1,', 1, ['1'], [1.5], ['a'], '1;2', '0x1'],
  },
  {
    type: { in: 'query', commaSeparated: 'string' },
    right: ['a', 'a,b', ['a', 'b']],
    wrong: [1, [1], ['a', ''], ['a,b']],
  },
  {
    type: { in: 'query', type: 'string', format: 'date-time' },
    right: [new Date(0), '2025-01-01T00:00:00Z', '2025-01-01t00:00:00.5+05:30'],
    wrong: [
      0,
      1e12,
      true,
      new Date(Number.NaN),
      '2025-01-01',
      '2025-01-01T00:00:00',
      '2025-02-29T00:00:00Z',
      '2025-13-01T00:00:00Z',
      'now',
      new Date(8.64e15),
      '2025-01-01T24:00:00Z',
      '2025-01-01T00:00:00+99:99',
      '2025-01-01T00:00:60Z',
    ],
  },
  {
    type: { in: 'query' },
    right: ['a', 1, false, ['a'], { a: 1 }],
    wrong: [new Date(), [null], { a: [] }],
  },
]

test.each(valueChecks.map((row) => ({ ...row, title: JSON.stringify(row.type) })))(
  'checks a value of $title',
  async ({ type, right, wrong }) => {
    for (const value of right) expect(() => checkParameter('q', value, type)).not.toThrow()
    for (const value of [...wrongForAll, ...wrong]) {
      const error = await catchCekuraError(() => checkParameter('q', value, type))
      expect(error).toMatchObject({
        code: 'usage',
        reason: 'invalid_parameter',
        details: { parameter: 'q' },
      })
    }
  },
)

test.each<{
  type: Partial<ParameterDescriptor>
  right: unknown[]
  wrong: unknown[]
  expected: string
}>([
  { type: { type: 'integer', minimum: 1 }, right: [1], wrong: [0], expected: 'at least 1' },
  { type: { type: 'number', maximum: 1 }, right: [1], wrong: [1.1], expected: 'at most 1' },
])('checks the limit "$expected"', async ({ type, right, wrong, expected }) => {
  for (const value of right)
    expect(() => checkParameter('q', value, { in: 'query', ...type })).not.toThrow()
  for (const value of wrong) {
    const error = await catchCekuraError(() => checkParameter('q', value, { in: 'query', ...type }))
    expect(error.details).toEqual({ parameter: 'q', expected })
  }
})

test.each([
  { what: 'a missing body', body: undefined, reason: 'missing_parameter' },
  { what: 'a function', body: () => 1, reason: 'invalid_parameter' },
  { what: 'a BigInt', body: { id: 1n }, reason: 'invalid_parameter' },
  {
    what: 'a circular object',
    body: Object.assign([] as unknown[], { 0: globalThis }),
    reason: 'invalid_parameter',
  },
  {
    what: 'NaN, which JSON turns into null,',
    body: { score: Number.NaN },
    reason: 'invalid_parameter',
  },
  {
    what: 'an invalid Date, which JSON turns into null,',
    body: { at: new Date(Number.NaN) },
    reason: 'invalid_parameter',
  },
])('rejects $what in place of a body', async ({ body, reason }) => {
  const descriptor = describeOperation('POST', '/', { body: 'required' })
  expect((await rejectionOf(descriptor, { body })).reason).toBe(reason)
})

test('rejects a body for an operation without one', async () => {
  expect(await rejectionOf(describeOperation('GET', '/'), { body: {} })).toMatchObject({
    reason: 'unknown_parameter',
    details: { parameter: 'body', known: [], suggestion: undefined },
  })
})

test.each([[[]], ['x'], [5], [true]])('rejects the input %j', async (input) => {
  const error = await rejectionOf(describeOperation('GET', '/'), input)
  expect(error.message).toMatch(/^Invalid input: expected an object with parameters by name, got /)
})

test('sends a string that only looks like a number in a body', async () => {
  const { call } = createOperations({ fetch: async (_, { body }) => new Response(body as string) })
  const descriptor = describeOperation('POST', '/', { body: 'required' })
  expect(await call(descriptor, { body: ['Infinity', 'NaN'] })).toEqual(['Infinity', 'NaN'])
})

test.each([null, '', ' ', [], {}, Number.NaN, [null]])(
  'rejects %j in extraQuery',
  async (value) => {
    const { call } = createOperations({ fetch: () => Promise.reject(new Error('sent')) })
    const extraQuery = { project_id: value as never }
    expect(
      await catchCekuraError(call(describeOperation('GET', '/'), {}, { extraQuery })),
    ).toMatchObject({
      reason: 'invalid_parameter',
      details: { parameter: 'project_id' },
    })
  },
)
