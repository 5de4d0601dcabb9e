// oxlint-disable oxc/no-map-spread -- mutants are made once; lists read better than pushes
import type { Json, SpecDocument } from '@cekura-kit/spec'
import type { SpecMutant } from '../mutant.ts'
import {
  at,
  isNode,
  nodeAt,
  operationPlaces,
  pointer,
  responsePlaces,
  type Node,
} from './places.ts'

const mutant = (
  operator: string,
  place: string,
  apply: (copy: SpecDocument) => void,
): SpecMutant => ({ id: `${operator}:${place}`, operator, apply })

const children = (document: SpecDocument, path: string[]): string[] => {
  const node = at(document, path)
  return isNode(node) ? Object.keys(node) : []
}

function renameKey(owner: Node, from: string, to: string): void {
  const entries = Object.entries(owner)
  for (const key of Object.keys(owner)) delete owner[key]
  for (const [key, value] of entries) owner[key === from ? to : key] = value
}

/** P: every change of every parameter. */
function parameterMutants(document: SpecDocument): SpecMutant[] {
  const home = ['components', 'parameters']
  return [
    ...children(document, home).flatMap((name) => {
      const path = [...home, name]
      const own = (copy: SpecDocument): Node => nodeAt(copy, path)
      const flip = nodeAt(document, path)['required'] !== true
      return [
        mutant('P1', name, (copy) => {
          for (const { path: operation } of operationPlaces(copy)) {
            const list = at(copy, [...operation, 'parameters']) as Node[]
            nodeAt(copy, operation)['parameters'] = list.filter(
              ({ $ref }) => $ref !== `#/components/parameters/${name}`,
            )
          }
        }),
        mutant(
          'P2',
          name,
          (copy) => void (own(copy)['name'] = `${String(own(copy)['name'])}_renamed`),
        ),
        mutant('P3', name, (copy) => void (own(copy)['required'] = flip)),
        mutant('P5', name, (copy) => void (own(copy)['in'] = 'header')),
      ]
    }),
    ...operationPlaces(document).flatMap(({ path }) =>
      [true, false].map((required) =>
        mutant('P7', `${pointer(path)}:${required ? 'required' : 'optional'}`, (copy) => {
          const added = { name: 'project_id', in: 'query', required, schema: { type: 'integer' } }
          ;(at(copy, [...path, 'parameters']) as Json[]).push(added)
        }),
      ),
    ),
  ]
}

/** A: every way of asking for another key, or for none. */
function securityMutants(document: SpecDocument): SpecMutant[] {
  const home = ['components', 'securitySchemes']
  const [name = ''] = children(document, home)
  const scheme = (copy: SpecDocument): Node => nodeAt(copy, [...home, name])
  const become = (copy: SpecDocument, other: Node): void => {
    nodeAt(copy, home)[name] = other
  }
  const alternative = (copy: SpecDocument, other: Node): void => {
    nodeAt(copy, home)['other'] = other
    copy['security'] = [{ [name]: [] }, { other: [] }]
  }
  return [
    mutant('A1', 'renamed', (copy) => void (scheme(copy)['name'] = 'X-API-KEY')),
    mutant('A2', 'in query', (copy) => void (scheme(copy)['in'] = 'query')),
    mutant('A2', 'in cookie', (copy) => void (scheme(copy)['in'] = 'cookie')),
    mutant('A3', 'none', (copy) => void (copy['security'] = [])),
    mutant('A4', 'bearer', (copy) => become(copy, { type: 'http', scheme: 'bearer' })),
    mutant('A4', 'basic', (copy) => become(copy, { type: 'http', scheme: 'basic' })),
    mutant('A5', 'optional', (copy) => void (copy['security'] = [{ [name]: [] }, {}])),
    mutant('A6', 'or bearer', (copy) => alternative(copy, { type: 'http', scheme: 'bearer' })),
    mutant('A6', 'or in query', (copy) =>
      alternative(copy, { type: 'apiKey', in: 'query', name: 'api_key' }),
    ),
    mutant('A6', 'or another header', (copy) =>
      alternative(copy, { type: 'apiKey', in: 'header', name: 'x-api-key' }),
    ),
    ...operationPlaces(document).map(({ path }) =>
      mutant('A7', pointer(path), (copy) => void (nodeAt(copy, path)['security'] = [])),
    ),
  ]
}

const movePath = (copy: SpecDocument, from: string, to: string): void =>
  renameKey(nodeAt(copy, ['paths']), from, to)

/** O: the document's own lines, and where an operation is. */
function placeMutants(document: SpecDocument): SpecMutant[] {
  return [
    ...operationPlaces(document).flatMap(({ path, method }) => {
      const [, template = ''] = path
      const others = ['post', 'put', 'patch', 'delete']
      return [
        mutant('O1', template, (copy) => movePath(copy, template, template.replace(/\/$/, ''))),
        mutant('O2', template, (copy) =>
          movePath(copy, template, template.replace('/v1/', '/v2/')),
        ),
        mutant('O3', `${template}:post`, (copy) =>
          renameKey(nodeAt(copy, ['paths', template]), method, 'post'),
        ),
        ...others.map((other) =>
          mutant('O9', `${template}:${other}`, (copy) => {
            const operation = structuredClone(nodeAt(copy, path))
            nodeAt(copy, ['paths', template])[other] = { ...operation, operationId: other }
          }),
        ),
        mutant('O8', template, (copy) => void (nodeAt(copy, path)['operationId'] = 'renamed')),
      ]
    }),
    mutant('O4', 'another host', (copy) => {
      copy['servers'] = [{ url: 'https://api.example.com' }]
    }),
    mutant('O4', 'a base path', (copy) => {
      copy['servers'] = (copy['servers'] as Node[]).map((server) => ({
        ...server,
        url: `${String(server['url'])}/api`,
      }))
    }),
    mutant('O4', 'none', (copy) => void delete copy['servers']),
    mutant('O5', 'no dialect', (copy) => void delete copy['jsonSchemaDialect']),
    mutant('O6', 'base dialect', (copy) => {
      copy['jsonSchemaDialect'] = 'https://spec.openapis.org/oas/3.1/dialect/base'
    }),
    mutant('O7', '3.0', (copy) => void (copy['openapi'] = '3.0.3')),
  ]
}

const otherStatus: { [status: string]: string } = {
  '200': '201',
  '400': '422',
  '401': '407',
  '403': '409',
  '404': '410',
  '429': '503',
  '500': '502',
}

/** R, H: every change of every response and its headers. */
function responseMutants(document: SpecDocument): SpecMutant[] {
  const responses = responsePlaces(document)
  const [{ owner } = { owner: [] as string[] }] = responses
  return [
    ...responses.flatMap(({ status, path, owner }) => {
      const types = children(document, [...path, 'content'])
      return [
        mutant('R1', status, (copy) => void delete nodeAt(copy, owner)[status]),
        mutant('R2', status, (copy) =>
          renameKey(nodeAt(copy, owner), status, otherStatus[status] ?? '418'),
        ),
        ...types.flatMap((type) => {
          const content = [...path, 'content']
          const media = (copy: SpecDocument): Node => nodeAt(copy, [...content, type])
          const ref = at(document, [...content, type, 'schema', '$ref'])
          const other = ref === '#/components/schemas/ErrorDetail' ? 'FieldErrors' : 'ErrorDetail'
          return [
            mutant('R3', `${status}:${type}`, (copy) =>
              renameKey(nodeAt(copy, content), type, 'application/vnd.cekura+json'),
            ),
            mutant('R4', `${status}:${type}`, (copy) => {
              media(copy)['schema'] = { $ref: `#/components/schemas/${other}` }
            }),
            mutant('R5', `${status}:${type}`, (copy) => void delete media(copy)['schema']),
            mutant('R5', `${status}:${type}:anything`, (copy) => void (media(copy)['schema'] = {})),
          ]
        }),
        mutant('R9', `${status}:text/plain`, (copy) => {
          nodeAt(copy, [...path, 'content'])['text/plain'] = { schema: { type: 'string' } }
        }),
        ...children(document, [...path, 'headers']).flatMap((name) => {
          const headers = [...path, 'headers']
          const ref = at(document, [...headers, name, '$ref'])
          const place = typeof ref === 'string' ? ref.slice(2).split('/') : [...headers, name]
          return [
            mutant('H1', `${status}:${name}`, (copy) => void delete nodeAt(copy, headers)[name]),
            mutant('H2', `${status}:${name}`, (copy) =>
              renameKey(nodeAt(copy, headers), name, 'X-Wait'),
            ),
            mutant('H3', `${status}:${name}`, (copy) => {
              const header = nodeAt(copy, place)
              header['required'] = header['required'] !== true
            }),
            mutant(
              'H5',
              `${status}:${name}:example`,
              (copy) => void (nodeAt(copy, place)['example'] = 31),
            ),
          ]
        }),
      ]
    }),
    ...['202', '204', '418', '503', '4XX', '5XX', 'default'].map((status) =>
      mutant(status.length === 3 && !status.endsWith('X') ? 'R7' : 'R8', status, (copy) => {
        nodeAt(copy, owner)[status] = { description: 'Added.' }
      }),
    ),
  ]
}

/** Where each named example of a response stands: its list, its name, and its value's home. */
function examplePlaces(document: SpecDocument) {
  const seen = new Set<string>()
  return responsePlaces(document).flatMap(({ status, path }) =>
    children(document, [...path, 'content']).flatMap((type) => {
      const list = [...path, 'content', type, 'examples']
      return children(document, list).flatMap((name) => {
        const ref = at(document, [...list, name, '$ref'])
        const home = typeof ref === 'string' ? ref.slice(2).split('/') : [...list, name]
        const place = pointer([...list, name])
        if (seen.has(place)) return []
        seen.add(place)
        return [{ status, list, name, home: [...home, 'value'] }]
      })
    }),
  )
}

/** E: every change of every example. */
function exampleMutants(document: SpecDocument): SpecMutant[] {
  const places = examplePlaces(document)
  const lists = [...new Map(places.map((place) => [pointer(place.list), place])).values()]
  return [
    ...places.flatMap(({ status, list, name, home }) => {
      const place = `${status}.${name}`
      const value = (copy: SpecDocument): Json => at(copy, home)!
      const set = (copy: SpecDocument, next: Json): void => {
        nodeAt(copy, home.slice(0, -1))['value'] = next
      }
      const before = at(document, home)!
      const isPage = isNode(before) && Array.isArray(before['results'])
      return [
        mutant('E1', place, (copy) => void delete nodeAt(copy, list)[name]),
        mutant('E2', place, (copy) => renameKey(nodeAt(copy, list), name, `${name}Renamed`)),
        mutant('E3', `${place}:invalid`, (copy) => set(copy, isNode(before) ? 7 : { text: 'x' })),
        mutant('E3', `${place}:other`, (copy) => set(copy, otherValue(value(copy)))),
        ...(isNode(before)
          ? [
              mutant('E7', place, (copy) =>
                set(copy, { ...nodeAt(copy, home), unnamed_property: ['x'] }),
              ),
            ]
          : []),
        ...(isPage && typeof before['next'] === 'string'
          ? [
              mutant('E5', place, (copy) => {
                nodeAt(copy, home)['next'] = 'https://api.example.com/v1/calls/?page=2'
              }),
            ]
          : []),
        ...(isPage
          ? [
              mutant(
                'E6',
                place,
                (copy) => void (nodeAt(copy, home)['count'] = Number(before['count']) + 1000),
              ),
            ]
          : []),
      ]
    }),
    ...lists
      .filter(({ list }) => children(document, list).length > 1)
      .map(({ list, status }) =>
        mutant('E4', status, (copy) => {
          const owner = nodeAt(copy, list.slice(0, -1))
          owner['examples'] = Object.fromEntries(Object.entries(nodeAt(copy, list)).toReversed())
        }),
      ),
    ...children(document, ['components', 'parameters']).map((name) =>
      mutant('E8', name, (copy) => {
        const parameter = nodeAt(copy, ['components', 'parameters', name])
        delete parameter['examples']
        parameter['example'] = [name]
      }),
    ),
  ]
}

/** Another value of the same kind, as valid as the first. */
function otherValue(value: Json): Json {
  if (typeof value === 'string') return `${value} `
  if (!isNode(value)) return value
  if (typeof value['detail'] === 'string') return { detail: `${value['detail']} ` }
  if (typeof value['count'] === 'number' && Array.isArray(value['results'])) {
    const [first, ...rest] = value['results']
    return first === undefined
      ? {
          ...value,
          next: null,
          previous:
            value['previous'] === null
              ? 'https://api.cekura.ai/observability/v1/call-logs/?agent_id=2142'
              : null,
        }
      : { ...value, results: [{ ...(first as Node), id: 1 }, ...rest] }
  }
  return Object.fromEntries(Object.entries(value).map(([key]) => [key, ['Another message.']]))
}

/** Every single change of a document that is no change of a schema. */
export const documentMutants = (document: SpecDocument): SpecMutant[] => [
  ...parameterMutants(document),
  ...securityMutants(document),
  ...placeMutants(document),
  ...responseMutants(document),
  ...exampleMutants(document),
]
