import { createHash } from 'node:crypto'
import { SpecError, type SpecDocument } from '@cekura-kit/spec'
import { diffSpecs } from '../diff.ts'
import { field, nodeAt } from '../document/node.ts'
import { listOperationsOf, nameOf } from '../document/operations.ts'
import { printEdit } from '../output/format-diff.ts'
import type { Change } from '../policy/classify.ts'
import type { DecisionList } from '../policy/decisions.ts'

/** A difference between our document and upstream's. */
export interface Drift {
  edit: string
  location: string
  ours: string
  theirs: string
  /** Hash of the values that the report prints; another value needs a new decision. */
  hash: string
}

/** A difference from upstream that people accepted. */
export interface Deviation extends Pick<Drift, 'edit' | 'location' | 'hash'> {
  reason: string
  /** Day of the decision, such as `2026-11-30`. */
  accepted: string
}

/** Accepted differences from upstream. */
export const deviationList: DecisionList<Deviation> = {
  file: 'spec/deviations.json',
  keys: ['edit', 'location', 'hash', 'reason', 'accepted'],
  isValid: ({ accepted }) => /^\d{4}-\d{2}-\d{2}$/.test(accepted),
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
  /** Successors of our operations first, then those below the same first path segment. */
  uncovered: UncoveredOperation[]
}

const hashOf = (...parts: string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)

/** Names, descriptions, our extension and what we do not cover; only what the API does is compared. */
const isExpected = ({ edit, location }: Change): boolean =>
  /^(component|operation-id)-(added|removed)$|^(path|operation)-added$/.test(edit) ||
  /^docs-changed$|-comma-separated-changed$/.test(edit) ||
  location.startsWith('webhook ')

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
  const drift = diffSpecs(ours, upstream)
    .changes.filter((change) => !isExpected(change) && !isInferred(ours, change))
    .map((change): Drift => {
      const { edit, location, before, after } = change
      const hash = hashOf(edit, location, printEdit(change))
      return { edit, location, ours: before, theirs: after, hash }
    })
    .filter(
      ({ edit, location, hash }) =>
        !accepted.some(
          (one) => one.edit === edit && one.location === location && one.hash === hash,
        ),
    )
  return { drift, uncovered: findUncovered(ours, upstream) }
}

/**
 * Deviations with some of a report's differences added.
 *
 * @param hashes of the differences to accept; `all` accepts each
 * @param accepted day of the decision
 * @throws {SpecError} when a hash is not in the report, or the reason is empty
 */
export function acceptDrift(
  deviations: readonly Deviation[],
  { drift }: DriftReport,
  hashes: readonly string[],
  reason: string,
  accepted: string,
): Deviation[] {
  if (reason.trim() === '') throw new SpecError('Missing --reason. Say why the difference stays.')
  const unknown = hashes.find((hash) => hash !== 'all' && !drift.some((item) => item.hash === hash))
  if (unknown !== undefined)
    throw new SpecError(`No open difference has the hash "${unknown}". Run drift without --accept.`)
  const chosen = drift.filter(({ hash }) => hashes.includes('all') || hashes.includes(hash))
  return [
    ...deviations,
    ...chosen.map(({ edit, location, hash }) => ({ edit, location, hash, reason, accepted })),
  ]
}

/** A path without the names of its parameters and the number of its version. */
const familyOf = (path: string): string =>
  path.replaceAll(/\{[^}]*\}/g, '{}').replace(/\/v\d+\//, '/v/')

const versionOf = (path: string): number => Number(/\/v(\d+)\//.exec(path)?.[1] ?? 0)

function findUncovered(ours: SpecDocument, upstream: SpecDocument): UncoveredOperation[] {
  const covered = listOperationsOf(ours)
  const families = new Map(
    [...covered].map(([key, { method, path, operation }]) => [
      `${method} ${familyOf(path)}`,
      { path, name: nameOf(operation['operationId']) || key },
    ]),
  )
  const list = [...listOperationsOf(upstream)]
    .filter(([key]) => !covered.has(key))
    .map(([, { method, path, operation }]): UncoveredOperation => {
      const twin = families.get(`${method} ${familyOf(path)}`)
      const isNewer = twin !== undefined && versionOf(path) > versionOf(twin.path)
      const operationId = nameOf(operation['operationId'])
      return { method, path, operationId, ...(isNewer ? { succeeds: twin.name } : {}) }
    })
  const areas = new Set([...covered.values()].map(({ path }) => path.split('/')[1]))
  const rank = ({ path, succeeds }: UncoveredOperation): number => {
    if (succeeds !== undefined) return 0
    return areas.has(path.split('/')[1]) ? 1 : 2
  }
  return list.toSorted((a, b) => rank(a) - rank(b))
}
