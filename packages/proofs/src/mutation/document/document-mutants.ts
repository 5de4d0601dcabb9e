import type { Json, SpecDocument } from '@cekura-kit/spec'
import { describeEdit, isNode, valueAt, type Edit, type Node } from '../../document-edits/edit.ts'
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
  'operation.operationId.change',
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
/** An enum next to an alternative that allows any string: its values rule nothing out. */
const isOpenEnum = ({ anyOf }: Node): boolean =>
  Array.isArray(anyOf) &&
  anyOf.some(isAnyString) &&
  anyOf.every((one) => isAnyString(one) || (isNode(one) && 'enum' in one))

/** Whether an edit adds what the schema or OpenAPI means anyway, or what no server sends. */
function isVacuous(
  document: SpecDocument,
  { operator, changes }: Edit,
  { kind: placeKind, path, node }: Place,
): boolean {
  if (placeKind === 'example' && path.includes('parameters')) return true
  const [kind, keyword, verb] = operator.split('.')
  const [change] = changes
  const owner = valueAt(document, path.slice(0, -2))
  const removesEnum = change?.do === 'remove' && change.path.at(-1) === 'enum'
  if (keyword === 'enum' && !removesEnum && isNode(owner) && isOpenEnum(owner)) return true
  if (verb !== 'add' || change?.do !== 'set') return false
  if (keyword === 'required' && change.value === false) return true
  if (keyword === 'type' && change.value === 'string' && isOpenEnum(node)) return true
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
export const listDocumentMutants = (document: SpecDocument): DocumentMutant[] =>
  listPlaces(document).flatMap((place) =>
    sample(
      Array.from(listEdits(document, place)).filter(
        (edit) => isGraded(edit.operator) && !isVacuous(document, edit, place),
      ),
    ).map((edit) => ({ id: describeEdit(edit), operator: edit.operator, edit })),
  )
