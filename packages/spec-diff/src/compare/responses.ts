import type { Json } from '@cekura-kit/spec'
import { mapOf, nodeAt, type Node } from '../document/node.ts'
import { compareContent, hasBodyOf } from './content.ts'
import { createEdit, within } from './edit.ts'
import { compareNamed, object, type Compare } from './fields.ts'
import { compareParameters } from './parameters.ts'
import type { SchemaComparison } from './pair.ts'

const compareBodies: Compare = (schemas, before, after, direction) => {
  const [old, next] = [mapOf(before), mapOf(after)]
  if (old.size === 0 && next.size > 0) return [createEdit(`${direction}-body-added`, ' body')]
  if (next.size === 0 && old.size > 0) return [createEdit(`${direction}-body-removed`, ' body')]
  return within(' body', compareContent(schemas, before, after, direction))
}

const headersOf = (value: Json | undefined): Map<string, Json> =>
  new Map([...mapOf(value)].map(([name, header]) => [`header ${name}`, header]))

export const compareResponse = object({
  content: compareBodies,
  headers: (schemas, a, b, direction) =>
    compareParameters(schemas, headersOf(a), headersOf(b), direction, 'header'),
})

const statusesOf = (value: Json | undefined): Map<string, Json> =>
  new Map([...mapOf(value)].filter(([status]) => !status.startsWith('x-')))

/** Compares the responses of an operation by status. */
export const compareResponses: Compare = (schemas, before, after, direction) => {
  const [old, next] = [statusesOf(before), statusesOf(after)]
  return compareNamed(old, next, {
    added: (response, status) => [
      createEdit(`${direction}-status-added${kin(schemas, status, response, old)}`, ''),
    ],
    removed: `${direction}-status-removed`,
    both: (a, b) => compareResponse(schemas, a, b, direction),
  })
}

const isSuccess = (status: string): boolean => status.startsWith('2')
/** A redirect has neither `data` nor `error`. */
const isRedirect = (status: string): boolean => status.startsWith('3')

const bodiesOf = (response: Node): Json[] => [...mapOf(response['content']).values()]

/** What a new status does to `data` and `error`, which are unions of all bodies. */
function kin(
  schemas: SchemaComparison,
  status: string,
  response: Json,
  old: ReadonlyMap<string, Json>,
): string {
  const added = bodiesOf(nodeAt(schemas.documents[1], response))
  if (isRedirect(status) && added.length === 0) return '-without-body'
  const known = [...old]
    .filter(([other]) => !isRedirect(other) && isSuccess(other) === isSuccess(status))
    .map(([, other]) => bodiesOf(nodeAt(schemas.documents[0], other)))
  if (known.length === 0 && added.length > 0 && !isSuccess(status)) return '-first-error'
  const same =
    added.length === 0
      ? known.some((bodies) => bodies.length === 0)
      : added.every((body) => known.flat().some((other) => hasBodyOf(schemas, other, body)))
  if (same) return '-like-others'
  return isSuccess(status) ? '-success' : '-error'
}
