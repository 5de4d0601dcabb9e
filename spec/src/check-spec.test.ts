import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bundleSpec, checkSpec, listOperations, SpecError, type SpecDocument } from './index.ts'

const { document, files } = await bundleSpec()

type Loose = { [key: string]: Loose } & Loose[]

/** A copy of our document with one thing changed. */
function mutate(change: (document: Loose) => void): SpecDocument {
  const copy = structuredClone(document)
  change(copy as unknown as Loose)
  return copy
}

const set = (owner: Loose, key: string, value: unknown): void => {
  ;(owner as Record<string, unknown>)[key] = value
}

/** The link of the example that is a first page, changed. */
const changeNext =
  (change: (next: string) => string) =>
  (d: Loose): void => {
    const page = d['components']!['examples']!['first-page']!['value'] as unknown as {
      next: string
    }
    page.next = change(page.next)
  }

test('the hand-written document has no problem', () => {
  expect(checkSpec(document)).toEqual([])
})

test('every file in examples/ is used, and every response has an example', () => {
  const folder = fileURLToPath(new URL('../examples/', import.meta.url))
  const used = files.filter((file) => file.startsWith(folder)).map((file) => relative(folder, file))
  const there = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
  expect(used.toSorted()).toEqual(there.toSorted())
  for (const { operationId, responses } of listOperations(document))
    for (const { status, content, examples } of responses)
      if (Object.keys(content).length > 0)
        expect(examples, `${operationId} ${status}`).not.toEqual([])
})

test.each<{ name: string; change: (document: Loose) => void; want: RegExp }>([
  {
    name: 'no dialect',
    change: (d) => delete d['jsonSchemaDialect'],
    want: /jsonSchemaDialect is null/,
  },
  { name: 'OpenAPI 3.0', change: (d) => set(d, 'openapi', '3.0.3'), want: /expected 3\.1\.x/ },
  { name: 'no operation', change: (d) => set(d, 'paths', {}), want: /has no operation/ },
  {
    name: 'nullable',
    change: (d) =>
      set(d['components']!['schemas']!['Metric']!['properties']!['value']!, 'nullable', true),
    want: /"nullable" is OpenAPI 3\.0/,
  },
  {
    name: 'boolean exclusiveMinimum',
    change: (d) =>
      set(d['components']!['parameters']!['Page']!['schema']!, 'exclusiveMinimum', true),
    want: /write the limit itself/,
  },
  {
    name: 'a regular expression that does not compile',
    change: (d) =>
      set(d['components']!['schemas']!['CallLog']!['properties']!['topic']!, 'pattern', '['),
    want: /does not compile/,
  },
  {
    name: 'an unknown keyword',
    change: (d) => set(d['components']!['schemas']!['CallLog']!, 'unknown-keyword', []),
    want: /unknown keyword/,
  },
  {
    name: 'an example that is not valid',
    change: (d) =>
      set(d['components']!['examples']!['last-page']!['value']!['results']![0]!, 'id', '7'),
    want: /\/results\/0\/id must be integer/,
  },
  {
    name: 'a parameter example that is not valid',
    change: (d) => set(d['components']!['parameters']!['AgentId']!, 'example', 'x'),
    want: /must be integer/,
  },
  {
    name: 'next on another path',
    change: (d) =>
      set(
        d['components']!['examples']!['first-page']!['value']!,
        'next',
        'https://evil.example/?page=2',
      ),
    want: /next has the path \/: expected \/observability/,
  },
  {
    name: 'a count below the results',
    change: (d) => set(d['components']!['examples']!['first-page']!['value']!, 'count', 2),
    want: /count 2 is less/,
  },
  {
    name: 'a count that differs on the only page',
    change: (d) => set(d['components']!['examples']!['enum-metrics']!['value']!, 'count', 2),
    want: /only page/,
  },
  {
    name: 'next and previous that are not adjacent',
    change: (d) => {
      const page = d['components']!['examples']!['middle-page']!['value'] as unknown as {
        next: string
      }
      page.next = page.next.replace('page=3', 'page=4')
    },
    want: /expected a gap of 2/,
  },
  {
    name: 'a link that loses the required filter',
    change: (d) => {
      set(d['components']!['parameters']!['AgentId']!, 'required', true)
      changeNext((next) => next.replace('agent_id=2142&', ''))(d)
    },
    want: /lacks the required parameter "agent_id"/,
  },
  {
    name: 'a link with an unknown parameter',
    change: changeNext((next) => `${next}&cursor=1`),
    want: /next has the parameter "cursor"/,
  },
  {
    name: 'a relative link',
    change: changeNext(() => '?page=2'),
    want: /next is "\?page=2": expected an absolute URL/,
  },
  {
    name: 'a first page whose next skips a page',
    change: changeNext((next) => next.replace('page=2', 'page=3')),
    want: /next is page 3 on a page without previous: expected page 2/,
  },
  {
    name: 'boolean exclusiveMaximum',
    change: (d) =>
      set(d['components']!['parameters']!['Page']!['schema']!, 'exclusiveMaximum', false),
    want: /a boolean "exclusiveMaximum" is OpenAPI 3\.0/,
  },
])('checkSpec() reports $name', ({ change, want }) => {
  const problems = checkSpec(mutate(change))
  expect(problems.map(({ message }) => message).join('\n')).toMatch(want)
})

const list = (d: Loose): Loose => d['paths']!['/observability/v1/call-logs/']!['get']!
const parameter = (d: Loose, index: number): Loose => list(d)['parameters']![index]!

test.each<{ name: string; change: (document: Loose) => void; want: RegExp }>([
  {
    name: 'an operationId that is code',
    change: (d) => set(list(d), 'operationId', '[(globalThis.x = 1, "a")]'),
    want: /the operationId "\[\(globalThis.x = 1, \\"a\\"\)\]" is not an identifier: expected a form like "callLogs\.list"/,
  },
  {
    name: 'an operationId that hides a member of the client',
    change: (d) => set(list(d), 'operationId', 'raw'),
    want: /reserved name "raw"/,
  },
  {
    name: 'an operationId used twice',
    change: (d) => set(d['paths']!, '/other/', { get: structuredClone(list(d)) }),
    want: /"callLogs\.list" is used twice/,
  },
  {
    name: 'an operationId that is also a group',
    change: (d) =>
      set(d['paths']!, '/other/', {
        get: { ...structuredClone(list(d)), operationId: 'callLogs' },
      }),
    want: /"callLogs" is also the group of "callLogs\.list"/,
  },
  {
    name: 'a page without the parameter page',
    change: (d) => set(list(d), 'parameters', [parameter(d, 5)]),
    want: /found only "results" and "next" in its 200/,
  },
  {
    name: 'the parameter page without a page',
    change: (d) => delete d['components']!['schemas']!['CallLogPage']!['properties']!['next'],
    want: /found only the query parameter "page"/,
  },
  {
    name: 'a path parameter that is not declared',
    change: (d) => set(d['paths']!, '/things/{id}/', d['paths']!['/observability/v1/call-logs/']),
    want: /the path has \{id\}, but no path parameter "id" is declared/,
  },
  {
    name: 'a path parameter that is not in the path',
    change: (d) => set(list(d)['parameters']!, '0', { name: 'id', in: 'path', schema: {} }),
    want: /the path parameter "id" is not in the path/,
  },
  {
    name: 'a comma-separated list that is not a string',
    change: (d) => set(d['components']!['parameters']!['AgentId']!, 'x-comma-separated', 'integer'),
    want: /x-comma-separated of "agent_id" is integer: expected integer or string, on a parameter of type string/,
  },
  {
    name: 'a parameter named body',
    change: (d) => set(d['components']!['parameters']!['AssistantId']!, 'name', 'body'),
    want: /a parameter is named "body"/,
  },
  {
    name: 'a request body example that is not valid',
    change: (d) =>
      set(list(d), 'requestBody', {
        content: { 'application/json': { schema: { type: 'object' }, example: [] } },
      }),
    want: /the example must be object/,
  },
])('checkSpec() reports $name', ({ change, want }) => {
  const problems = checkSpec(mutate(change))
  expect(problems.map(({ message }) => message).join('\n')).toMatch(want)
})

test('checkSpec() reports every problem at once', () => {
  const problems = checkSpec(
    mutate((d) => {
      set(d, 'openapi', '3.0.3')
      set(list(d), 'operationId', 'raw')
      const call = d['components']!['examples']!['last-page']!['value']!['results']![0]!
      set(call, 'id', '7')
      set(call, 'duration', 7)
    }),
  )
  const text = problems.map(({ message }) => message).join('\n')
  for (const part of [/3\.1\.x/, /reserved/, /results\/0\/id/, /results\/0\/duration/])
    expect(text).toMatch(part)
})

test('a parameter of the operation overrides the one of the path', () => {
  const changed = mutate((d) =>
    set(d['paths']!['/observability/v1/call-logs/']!, 'parameters', [
      { name: 'agent_id', in: 'query', schema: { type: 'string' } },
    ]),
  )
  const [operation] = listOperations(changed)
  const found = operation!.parameters.filter(({ name }) => name === 'agent_id')
  expect(found.map(({ schema }) => schema['type'])).toEqual(['integer'])
})

test.each([
  { name: 'a missing file', file: '/nope/openapi.yaml', want: /file not found/ },
  { name: 'a folder', file: import.meta.dirname, want: /file not found/ },
])('bundleSpec() refuses $name with one sentence', async ({ file, want }) => {
  await expect(bundleSpec(file)).rejects.toThrow(SpecError)
  await expect(bundleSpec(file)).rejects.toThrow(want)
})
