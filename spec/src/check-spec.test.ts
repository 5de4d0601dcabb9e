import { expect, test } from 'vitest'
import { bundleSpec, checkSpec, SpecError, type SpecDocument } from './index.ts'

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

test('the hand-written document has no problem and keeps its examples in files', () => {
  expect(checkSpec(document)).toEqual([])
  expect(files.filter((file) => file.includes('/examples/'))).toHaveLength(17)
})

test.each<{ name: string; change: (document: Loose) => void; want: RegExp }>([
  {
    name: 'no dialect',
    change: (d) => delete d['jsonSchemaDialect'],
    want: /jsonSchemaDialect is null/,
  },
  { name: 'OpenAPI 3.0', change: (d) => set(d, 'openapi', '3.0.3'), want: /wanted is 3\.1\.x/ },
  { name: 'no operation', change: (d) => set(d, 'paths', {}), want: /no operation/ },
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
    want: /write the bound itself/,
  },
  {
    name: 'a regular expression that does not compile',
    change: (d) =>
      set(d['components']!['schemas']!['CallLog']!['properties']!['topic']!, 'pattern', '['),
    want: /does not compile/,
  },
  {
    name: 'a keyword nobody knows',
    change: (d) => set(d['components']!['schemas']!['CallLog']!, 'requierd', []),
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
    want: /next leads to \//,
  },
  {
    name: 'a count below the results',
    change: (d) => set(d['components']!['examples']!['first-page']!['value']!, 'count', 2),
    want: /count 2 is less/,
  },
  {
    name: 'an only page with another count',
    change: (d) => set(d['components']!['examples']!['enum-metrics']!['value']!, 'count', 2),
    want: /only page/,
  },
  {
    name: 'next and previous that are no neighbours',
    change: (d) => {
      const page = d['components']!['examples']!['middle-page']!['value'] as unknown as {
        next: string
      }
      page.next = page.next.replace('page=3', 'page=4')
    },
    want: /not neighbours/,
  },
  {
    name: 'a link that loses the required filter',
    change: changeNext((next) => next.replace('agent_id=2142&', '')),
    want: /lacks the required parameter "agent_id"/,
  },
  {
    name: 'a link with a parameter that there is not',
    change: changeNext((next) => `${next}&cursor=1`),
    want: /next has the parameter "cursor"/,
  },
  {
    name: 'a link that is no whole URL',
    change: changeNext(() => '?page=2'),
    want: /next is "\?page=2"; wanted is a whole URL/,
  },
  {
    name: 'a first page that skips one',
    change: changeNext((next) => next.replace('page=2', 'page=3')),
    want: /a page without previous has page 3 as next, not 2/,
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

test.each([
  { name: 'a file that is not there', file: '/nope/openapi.yaml', want: /there is no such file/ },
  { name: 'a folder', file: import.meta.dirname, want: /there is no such file/ },
])('bundleSpec() refuses $name in one sentence', async ({ file, want }) => {
  await expect(bundleSpec(file)).rejects.toThrow(SpecError)
  await expect(bundleSpec(file)).rejects.toThrow(want)
})
