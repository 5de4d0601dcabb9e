import { listOperations, resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'
import {
  describeEdit,
  isNode,
  valueAt,
  type Change,
  type Edit,
  type Node,
} from '../../document-edits/edit.ts'
import { typeOfBound } from '../../document-edits/keyword-values.ts'
import { listEdits } from '../../document-edits/list-edits.ts'
import { listPlaces, type Place } from '../../document-edits/places.ts'

export interface DocumentMutant {
  /** What the edit does: reproduces it. */
  id: string
  operator: string
  edit: Edit
}

/** Operators that change what the API accepts, returns, or shows as an example; `*` is any verb. */
const operators = new Set([
  'document.openapi.change',
  'document.jsonSchemaDialect.*',
  'document.security.*',
  'document.servers.change',
  'document.servers.remove',
  'server.url.change',
  'document.paths.renameEntry',
  'pathItem.method.*',
  'operation.security.add',
  'operation.parameters.*',
  'operation.responses.*',
  'parameter.name.change',
  'parameter.in.change',
  'parameter.required.*',
  'parameter.example.add',
  'parameter.example.change',
  'securityScheme.name.change',
  'securityScheme.in.change',
  'securityScheme.replace',
  'securityScheme.offer',
  'securityScheme.demand',
  'response.headers.remove',
  'response.headers.removeEntry',
  'response.headers.renameEntry',
  'response.content.*',
  'mediaType.schema.*',
  'mediaType.examples.remove',
  'mediaType.examples.removeEntry',
  'mediaType.examples.renameEntry',
  'mediaType.examples.reverse',
  'header.required.*',
  'header.example.*',
  'example.value.*',
  'schema.type.*',
  'schema.properties.remove',
  'schema.properties.rename',
  'schema.required.*',
  'schema.enum.*',
  'schema.pattern.*',
  'schema.items.remove',
  'schema.format.change',
  'schema.format.remove',
  'schema.additionalProperties.*',
  'schema.$ref.change',
  ...['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'].map(
    (bound) => `schema.${bound}.*`,
  ),
])
const isGraded = (operator: string): boolean =>
  operators.has(operator) || operators.has(operator.replace(/\.\w+$/, '.*'))

/** A schema of strings without any limit. */
const isAnyString = (schema: Json): boolean =>
  isNode(schema) && schema['type'] === 'string' && !('enum' in schema) && !('pattern' in schema)
const isEnum = (schema: Json): boolean => isNode(schema) && 'enum' in schema
const alternativesOf = (schema: Json | undefined): Json[] =>
  isNode(schema) && Array.isArray(schema['anyOf']) ? schema['anyOf'] : []

/** Whether an alternative that allows any string already allows what an edit adds or removes. */
function isCoveredByAnyString(document: SpecDocument, change: Change, place: Place): boolean {
  const { path, node } = place
  const keyword = change.path[path.length]
  const own = alternativesOf(node)
  if (keyword === 'type' && change.do === 'set' && change.value === 'string')
    return own.some(isAnyString) && own.every((one) => isAnyString(one) || isEnum(one))
  const others = path.at(-2) === 'anyOf' ? alternativesOf(valueAt(document, path.slice(0, -2))) : []
  if (!others.some((one) => one !== node && isAnyString(one))) return false
  const removesKeyword = change.do === 'remove' && change.path.length === path.length + 1
  if (isEnum(node) && (keyword === 'enum' || keyword === 'type')) return !removesKeyword
  return (
    keyword === 'type' &&
    change.do === 'set' &&
    Array.isArray(change.value) &&
    change.value.includes('string')
  )
}

/** Names of the example components that request bodies refer to. */
function listRequestExamples(document: SpecDocument): Set<string> {
  const bodies = listPlaces(document).flatMap(({ node }) => node['requestBody'] ?? [])
  const references = JSON.stringify(bodies).matchAll(/#\/components\/examples\/([^"]+)/g)
  return new Set([...references].map(([, name]) => name!))
}

/** Whether an edit changes an example of a request body, which no server returns. */
function isRequestExample(
  names: ReadonlySet<string>,
  { operator }: Edit,
  { path }: Place,
): boolean {
  if (!/^(example|mediaType\.examples)\./.test(operator)) return false
  return path.includes('requestBody') || (path[1] === 'examples' && names.has(path[2]!))
}

/**
 * Whether an edit of a parameter cannot be seen from outside: the mock drops empty values, and ignores
 * parameters that the document does not name, so an optional one that takes any text shows nothing.
 */
function isInvisible(document: SpecDocument, { operator, changes }: Edit, place: Place): boolean {
  const { path, node } = place
  if (path.includes('parameters') && operator.startsWith('schema.minLength.'))
    return node['minLength'] === undefined || node['minLength'] === 1
  // The suite sends texts of up to 60 letters, and no request lacks a part of its path.
  if (path.includes('parameters') && operator === 'schema.maxLength.add') return true
  if (operator.startsWith('parameter.required.') && node['in'] === 'path') return true
  if (operator === 'operation.parameters.addEntry')
    return changes.every((change) => change.do === 'set' && !('required' in (change.value as Node)))
  if (!/^(parameter\.(in|name)|operation\.parameters)\./.test(operator)) return false
  const own = operator.startsWith('parameter.') ? node : valueAt(document, changes[0]!.path)
  const parameters = Array.isArray(own) ? own : [own ?? null]
  return parameters.every((parameter) => {
    const { required, schema = {} } = resolveRef(document, parameter)
    return required !== true && isAnyString(resolveRef(document, schema))
  })
}

/** Schemas of whole request bodies. */
function listBodyRoots(document: SpecDocument): Set<Json> {
  const roots = new Set<Json>()
  const add = (schema: Json | undefined): void => {
    const node = resolveRef(document, schema)
    if (roots.has(node)) return
    roots.add(node)
    for (const part of [node['allOf'], node['anyOf'], node['oneOf']].flat()) if (part) add(part)
  }
  for (const { requestBody } of listOperations(document))
    for (const schema of Object.values(requestBody?.content ?? {})) add(schema)
  return roots
}

/**
 * Whether an edit of `type` changes nothing on the wire: a parameter or a header is a text, `null` is no
 * body, and the values of an enum have their types anyway.
 */
function isSameOnTheWire(roots: ReadonlySet<Json>, [change]: readonly Change[], place: Place) {
  const { path, node } = place
  if (!change || change.path.at(-1) !== 'type') return false
  const isText = path.includes('parameters') || path.includes('headers')
  const isString = [node['type'] ?? []].flat().includes('string')
  if (change.do === 'remove') return isEnum(node) || (isText && isAnyString(node))
  if (change.do !== 'set') return false
  const added = [change.value].flat().filter((type) => ![node['type']].flat().includes(type))
  const isIn = (...types: string[]): boolean => added.every((type) => types.includes(String(type)))
  if (isEnum(node))
    return [change.value].flat().includes('string') && isIn('string', 'integer', 'number')
  if (isText) return isString ? isIn('null', 'integer', 'number') : isIn('null')
  return roots.has(node) && isIn('null')
}

/** Whether an edit adds what the schema or OpenAPI means anyway, or what no server sends. */
function isVacuous(document: SpecDocument, { operator, changes }: Edit, place: Place): boolean {
  const { kind: placeKind, path, node } = place
  if (placeKind === 'example' && path.includes('parameters')) return true
  const [kind, keyword, verb] = operator.split('.')
  const [change] = changes
  // `true`, `{}` and no keyword mean the same.
  const isOpen = node['additionalProperties'] === true
  const staysOpen = change?.do === 'remove' || JSON.stringify(change).includes('"value":{}')
  if (keyword === 'additionalProperties' && isOpen && staysOpen) return true
  if (kind === 'schema' && change && isCoveredByAnyString(document, change, place)) return true
  if (verb !== 'add' || change?.do !== 'set') return false
  if (keyword === 'required' && change.value === false) return true
  if (kind !== 'schema') return false
  if (keyword === 'additionalProperties' && change.value !== false) return true
  const types = [node['type'] ?? []].flat().map((type) => (type === 'integer' ? 'number' : type))
  const limitedType = keyword === 'enum' ? 'string' : typeOfBound(keyword!)
  if (limitedType === undefined) return keyword === 'type' && '$ref' in node
  const isLimited = ['format', 'pattern', 'enum', 'const'].some((other) => other in node)
  return !types.includes(limitedType) || (limitedType === 'string' && isLimited)
}

/** How many edits of an operator are enough at one place, where a keyword has many other values. */
const samples = { 'schema.type': 2, 'schema.format': 2, 'schema.$ref': 2, 'parameter.in': 2 }
/** The first value of a parameter's example is an invalid one; the suite does not read others. */
const maxEdits: { [keyword: string]: number } = { ...samples, 'parameter.example': 1 }

function sample(edits: readonly Edit[]): Edit[] {
  const counts: { [operator: string]: number } = {}
  return edits.filter(({ operator }) => {
    const count = (counts[operator] = (counts[operator] ?? 0) + 1)
    return count <= (maxEdits[operator.replace(/\.\w+$/, '')] ?? Number.POSITIVE_INFINITY)
  })
}

/** Every single edit of a document that the contract suite must notice. */
export function listDocumentMutants(document: SpecDocument): DocumentMutant[] {
  const requestExamples = listRequestExamples(document)
  const bodyRoots = listBodyRoots(document)
  return listPlaces(document).flatMap((place) =>
    sample(
      Array.from(listEdits(document, place)).filter(
        (edit) =>
          isGraded(edit.operator) &&
          !isRequestExample(requestExamples, edit, place) &&
          !isSameOnTheWire(bodyRoots, edit.changes, place) &&
          !isInvisible(document, edit, place) &&
          !isVacuous(document, edit, place),
      ),
    ).map((edit) => ({ id: describeEdit(edit), operator: edit.operator, edit })),
  )
}
