import { createHash } from 'node:crypto'
import type { SpecDocument } from '@cekura-kit/spec'
import { diffSpecs } from '../diff.ts'
import { field, nodeAt } from '../document/node.ts'
import { listOperationsOf } from '../document/operations.ts'
import { printEdit } from '../output/format-diff.ts'
import type { Change } from '../policy/classify.ts'
import { sliceCovered } from './covered-slice.ts'
import { isSame, type Deviation, type DriftId } from './deviations.ts'

/** A difference between our document and upstream's. */
export interface Drift extends DriftId {
  ours: string
  theirs: string
}

/** An operation of upstream's that our document does not have. */
export interface UncoveredOperation {
  method: string
  path: string
  operationId: string
  /** Our operation that it seems to succeed: the same path with a higher version. */
  succeeds?: string
}

export interface DriftReport {
  /** Differences that are not accepted. */
  drift: Drift[]
  /** Prose about covered operations that is not accepted: rules may hide in it. */
  prose: Drift[]
  /** Accepted differences that no longer occur. */
  settled: Deviation[]
  /** Successors of our operations first, then those below the same first path segment. */
  uncovered: UncoveredOperation[]
}

const hashOf = (...parts: string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)

/** Names, descriptions and our extension are ours; only what the API does is compared. */
const isOurs = ({ edit }: Change): boolean =>
  /^(component|operation-id)-(added|removed)$|^docs-changed$|-comma-separated-changed$/.test(edit)

/** Whether our document marks the status of a removed response as inferred. */
function isInferred(ours: SpecDocument, { edit, method, path, location }: Change): boolean {
  if (edit !== 'response-status-removed') return false
  const operation = listOperationsOf(ours).get(`${method} ${path}`)?.operation
  const response = field(operation?.['responses'], location.split(' ').at(-1)!)
  return [response, nodeAt(ours, response)].some((node) => field(node, 'x-origin') === 'inferred')
}

/**
 * Compares our document with the same operations of upstream's.
 *
 * @throws {SpecError} when a reference leads nowhere
 */
export function findDrift(
  ours: SpecDocument,
  upstream: SpecDocument,
  accepted: readonly Deviation[],
): DriftReport {
  const slice = sliceCovered(upstream, ours)
  const found = diffSpecs(ours, slice)
    .changes.filter((change) => !isOurs(change) && !isInferred(ours, change))
    .map((change): Drift => {
      const { edit, location, before, after } = change
      const hash = hashOf(edit, location, printEdit(change))
      return { edit, location, ours: before, theirs: after, hash }
    })
  const texts = [...listOperationsOf(slice)].map(([location, { operation }]): Drift => {
    const { summary, description } = operation
    const theirs = [summary, description].filter((text) => typeof text === 'string').join('\n')
    return { edit: 'prose', location, ours: '', theirs, hash: hashOf('prose', location, theirs) }
  })
  const isNew = (item: Drift): boolean => !accepted.some((entry) => isSame(entry, item))
  const everything = [...found, ...texts]
  return {
    drift: found.filter(isNew),
    prose: texts.filter(isNew),
    settled: accepted.filter((entry) => !everything.some((item) => isSame(entry, item))),
    uncovered: findUncovered(ours, upstream),
  }
}

/** A path without the names of its parameters and the number of its version. */
const familyOf = (path: string): string =>
  path.replaceAll(/\{[^}]*\}/g, '{}').replace(/\/v\d+\//, '/v/')

const versionOf = (path: string): number => Number(/\/v(\d+)\//.exec(path)?.[1] ?? 0)

function findUncovered(ours: SpecDocument, upstream: SpecDocument): UncoveredOperation[] {
  const covered = listOperationsOf(ours)
  const families = new Map(
    [...covered.values()].map(({ method, path, operation }) => [
      `${method} ${familyOf(path)}`,
      { path, name: String(operation['operationId'] ?? `${method} ${path}`) },
    ]),
  )
  const list = [...listOperationsOf(upstream)]
    .filter(([key]) => !covered.has(key))
    .map(([, { method, path, operation }]): UncoveredOperation => {
      const twin = families.get(`${method} ${familyOf(path)}`)
      const succeeds = twin && versionOf(path) > versionOf(twin.path) ? twin.name : undefined
      return {
        method,
        path,
        operationId: String(operation['operationId'] ?? ''),
        ...(succeeds === undefined ? {} : { succeeds }),
      }
    })
  const areas = new Set([...covered.values()].map(({ path }) => path.split('/')[1]))
  const rank = ({ path, succeeds }: UncoveredOperation): number => {
    if (succeeds !== undefined) return 0
    return areas.has(path.split('/')[1]) ? 1 : 2
  }
  return list.toSorted((a, b) => rank(a) - rank(b))
}
