import type { Json, SpecDocument } from '@cekura-kit/spec'
import { isNode, type Node, type Path } from './edit.ts'

/** The objects of OpenAPI 3.0 to 3.2 that an edit can change. */
export type Kind =
  | 'document'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'response'
  | 'header'
  | 'mediaType'
  | 'encoding'
  | 'callback'
  | 'securityScheme'
  | 'server'
  | 'example'
  | 'schema'

/** An object of the document, where it is written; a reference is a place, its target another. */
export interface Place {
  kind: Kind
  path: Path
  node: Node
}

/** What a field holds: one object, a list of objects, or a map of objects by name. */
type Field = Kind | [Kind] | { mapOf: Kind }

const map = (mapOf: Kind): Field => ({ mapOf })
const fieldsOf = (field: Field, ...names: string[]): { [name: string]: Field } =>
  Object.fromEntries(names.map((name) => [name, field]))

/** Methods of a path item that an operation can move to. */
export const methods = ['get', 'put', 'post', 'delete', 'patch']
const shapeOfValue = {
  schema: 'schema',
  content: map('mediaType'),
  examples: map('example'),
} as const

const grammar: { [kind in Kind]?: { [field: string]: Field } } = {
  document: {
    paths: map('pathItem'),
    webhooks: map('pathItem'),
    components: 'components',
    servers: ['server'],
  },
  components: {
    schemas: map('schema'),
    responses: map('response'),
    parameters: map('parameter'),
    examples: map('example'),
    requestBodies: map('requestBody'),
    headers: map('header'),
    securitySchemes: map('securityScheme'),
    callbacks: map('callback'),
    pathItems: map('pathItem'),
    mediaTypes: map('mediaType'),
  },
  pathItem: {
    ...fieldsOf('operation', ...methods, 'options', 'head', 'trace', 'query'),
    additionalOperations: map('operation'),
    parameters: ['parameter'],
    servers: ['server'],
  },
  operation: {
    parameters: ['parameter'],
    requestBody: 'requestBody',
    responses: map('response'),
    callbacks: map('callback'),
    servers: ['server'],
  },
  parameter: shapeOfValue,
  header: shapeOfValue,
  requestBody: { content: map('mediaType') },
  response: { headers: map('header'), content: map('mediaType') },
  mediaType: {
    schema: 'schema',
    itemSchema: 'schema',
    examples: map('example'),
    encoding: map('encoding'),
  },
  encoding: { headers: map('header') },
  schema: {
    ...fieldsOf(map('schema'), 'properties', 'patternProperties', 'dependentSchemas', '$defs'),
    ...fieldsOf(['schema'], 'allOf', 'anyOf', 'oneOf', 'prefixItems'),
    ...fieldsOf(
      'schema',
      'items',
      'additionalProperties',
      'not',
      'if',
      'then',
      'else',
      'contains',
      'propertyNames',
      'unevaluatedItems',
      'unevaluatedProperties',
    ),
  },
}

/** The fields of an object that hold objects with edits of their own. */
export const objectFields = (kind: Kind): [name: string, field: Field][] =>
  Object.entries(grammar[kind] ?? {})

function childrenOf(kind: Kind, node: Node, path: Path): [Kind, Json | undefined, Path][] {
  // Every key of a callback is a path item, named by an expression.
  if (kind === 'callback')
    return Object.entries(node).map(([name, item]) => ['pathItem', item, [...path, name]])
  return objectFields(kind).flatMap(([name, field]): [Kind, Json | undefined, Path][] => {
    const value = node[name]
    if (typeof field === 'string') return [[field, value, [...path, name]]]
    const child = Array.isArray(field) ? field[0] : field.mapOf
    return Object.entries(value ?? {}).map(([key, entry]) => [child, entry, [...path, name, key]])
  })
}

/** Every object of a document, from the root down, in the order it is written. */
export function listPlaces(document: SpecDocument): Place[] {
  const places: Place[] = []
  const visit = (kind: Kind, value: Json | undefined, path: Path): void => {
    // A schema can also be `true` or `false`; its owner's edits replace those.
    if (!isNode(value)) return
    places.push({ kind, path, node: value })
    for (const child of childrenOf(kind, value, path)) visit(...child)
  }
  visit('document', document, [])
  return places
}
