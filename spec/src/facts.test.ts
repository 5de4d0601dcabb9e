// Every fact of the vendor's documentation in ../facts is in the document, at the place that it names.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bundleSpec, parseText, resolveRef, type Json } from './index.ts'

type Node = { [key: string]: Json }

interface FactGroup {
  id: string
  /** JSON pointer. It follows references, and finds parameters by name. */
  at: string
  /** Mark of each node; nothing for what the reference page documents. */
  origin?: string
  /** The exact names at this place, if they are documented. */
  names?: string[]
  /** What the node at each further pointer contains; `none` for what must be missing. */
  has: { [pointer: string]: Json }
}

const folder = new URL('../facts/', import.meta.url)
const { document } = await bundleSpec()
const groups = (
  await Promise.all(
    readdirSync(folder).map((file) => parseText(readFileSync(new URL(file, folder), 'utf8'))),
  )
).flat() as unknown as FactGroup[]

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const follow = (value: Json | undefined): Json | undefined =>
  isNode(value) && '$ref' in value ? resolveRef(document, value) : value

/** The node at a pointer, undefined if it is missing. */
const find = (start: Json | undefined, pointer: string): Json | undefined =>
  pointer
    .split('/')
    .filter(Boolean)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((at, part) => {
      const node = follow(at)
      if (isNode(node)) return node[part]
      if (!Array.isArray(node)) return undefined
      return node.map(follow).find((item) => isNode(item) && item['name'] === part) ?? node[+part]
    }, start)

/** Expected parts that a node does not have, empty if it has all of them. */
function missingIn(node: Json | undefined, expected: Json, at: string): string[] {
  if (expected === 'none') return node === undefined ? [] : [`${at} is present`]
  if (!isNode(expected))
    return JSON.stringify(node) === JSON.stringify(expected)
      ? []
      : [`${at} is ${JSON.stringify(node)}: expected ${JSON.stringify(expected)}`]
  const found = follow(node)
  if (!isNode(found)) return [`${at} is missing`]
  return Object.entries(expected).flatMap(([key, value]) =>
    missingIn(found[key], value, `${at}/${key}`),
  )
}

const facts = groups.flatMap(({ id, at, origin, has }) =>
  Object.entries(has).map(([pointer, expected]) => ({
    id: [id, pointer].filter(Boolean).join(' '),
    at: [at, pointer].filter(Boolean).join('/'),
    origin,
    expected,
  })),
)

test.each(facts)('$id is at $at', ({ at, origin, expected }) => {
  const node = find(document, at)
  expect(missingIn(node, expected, at)).toEqual([])
  const followed = follow(node)
  if (expected !== 'none' && isNode(followed)) expect(followed['x-origin']).toBe(origin)
})

test.each(groups.filter(({ names }) => names))(
  '$id has these names and no others',
  ({ at, names }) => {
    const node = follow(find(document, at))
    const found = Array.isArray(node)
      ? node.map((item) => (follow(item) as Node)['name'])
      : Object.keys(node ?? {})
    expect(found).toEqual(names)
  },
)

test('each fact has its own id', () => {
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length)
})

const operationNodes = Object.values(document['paths'] as Node).flatMap((item) =>
  Object.values(item as Node).filter(isNode),
)
const originOf = new Map(
  groups.flatMap(({ has, origin }) =>
    isNode(has['']) && 'operationId' in has[''] ? [[has['']['operationId'], origin] as const] : [],
  ),
)

/** Nodes that state a fact, with their places, and all others without one, from a node downwards. */
function collect(value: Json | undefined, seen: Map<Node, string>, name: string, states: boolean) {
  const node = follow(value)
  if (Array.isArray(node)) for (const item of node) collect(item, seen, name, states)
  if (!isNode(node) || seen.has(node)) return
  seen.set(node, states ? name : '')
  for (const key of ['parameters', 'requestBody']) collect(node[key], seen, `${name}/${key}`, true)
  for (const key of ['schema', 'items', 'allOf', 'anyOf']) collect(node[key], seen, name, false)
  for (const key of ['properties', 'responses', 'headers', 'content'])
    for (const [own, child] of Object.entries((node[key] ?? {}) as Node))
      collect(child, seen, `${name}/${own}`, key !== 'content')
}

test('nothing counts as documented that only an operation from elsewhere has', () => {
  const documented = new Map<Node, string>()
  const others = new Map<Node, string>()
  for (const node of operationNodes) {
    const id = String(node['operationId'])
    if (originOf.has(id)) collect(node, originOf.get(id) ? others : documented, id, true)
  }
  const unmarked = [...others].filter(([node]) => !documented.has(node) && !('x-origin' in node))
  expect(unmarked.flatMap(([, name]) => name || [])).toEqual([])
})
