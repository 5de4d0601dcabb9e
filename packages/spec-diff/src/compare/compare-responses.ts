import type { Json } from '@cekura-kit/spec'
import { mapOf, nodeAt, type Node } from '../document/node.ts'
import { compareContent, hasBodyOf } from './compare-content.ts'
import { compareFields } from './compare-fields.ts'
import { compareParameters } from './compare-parameters.ts'
import { compareNamed } from './compare-named.ts'
import { createEdit, within, type Direction, type Edit } from './edit.ts'
import type { SchemaComparison } from './pair.ts'

const isSuccess = (status: string): boolean => status.startsWith('2')
/** A redirect has neither `data` nor `error`. */
const isRedirect = (status: string): boolean => status.startsWith('3')

const bodiesOf = (response: Node): Json[] => [...mapOf(response['content']).values()]

const headersOf = (value: Json | undefined): Map<string, Json> =>
  new Map([...mapOf(value)].map(([name, header]) => [`header ${name}`, header]))

/** Compares two responses of one status. */
export function compareResponse(
  schemas: SchemaComparison,
  before: Json,
  after: Json,
  direction: Direction,
): Edit[] {
  const [old, next] = schemas.nodesAt(before, after)
  return compareFields(schemas, old, next, {
    content: (a, b) => within(' body', compareBodies(schemas, a, b, direction)),
    headers: (a, b) => compareParameters(schemas, headersOf(a), headersOf(b), direction, 'header'),
  })
}

function compareBodies(
  schemas: SchemaComparison,
  before: Json | undefined,
  after: Json | undefined,
  direction: Direction,
): Edit[] {
  const [old, next] = [mapOf(before), mapOf(after)]
  if (old.size === 0 && next.size > 0) return [createEdit(`${direction}-body-added`, '')]
  if (next.size === 0 && old.size > 0) return [createEdit(`${direction}-body-removed`, '')]
  return compareContent(schemas, before, after, direction)
}

const statusesOf = (value: Json | undefined): Map<string, Json> =>
  new Map([...mapOf(value)].filter(([status]) => !status.startsWith('x-')))

/** Compares the responses of an operation by status. */
export function compareResponses(
  schemas: SchemaComparison,
  before: Json | undefined,
  after: Json | undefined,
  direction: Direction,
): Edit[] {
  const [old, next] = [statusesOf(before), statusesOf(after)]
  return compareNamed(old, next, {
    added: (_, status) => [
      createEdit(`${direction}-status-added${kin(schemas, status, old, next)}`, ''),
    ],
    removed: `${direction}-status-removed`,
    both: (a, b) => compareResponse(schemas, a, b, direction),
  })
}

/** What a new status does to `data` and `error`, which are unions of all bodies. */
function kin(
  schemas: SchemaComparison,
  status: string,
  old: ReadonlyMap<string, Json>,
  next: ReadonlyMap<string, Json>,
): string {
  const added = bodiesOf(nodeAt(schemas.documents[1], next.get(status)))
  if (isRedirect(status) && added.length === 0) return '-without-body'
  const known = [...old]
    .filter(([other]) => !isRedirect(other) && isSuccess(other) === isSuccess(status))
    .map(([, response]) => bodiesOf(nodeAt(schemas.documents[0], response)))
  if (known.length === 0 && added.length > 0 && !isSuccess(status)) return '-first-error'
  const same =
    added.length === 0
      ? known.some((bodies) => bodies.length === 0)
      : added.every((body) => known.flat().some((other) => hasBodyOf(schemas, other, body)))
  if (same) return '-like-others'
  return isSuccess(status) ? '-success' : '-error'
}
