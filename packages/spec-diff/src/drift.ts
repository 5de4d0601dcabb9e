import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { resolveRef, SpecError, type Json, type SpecDocument } from '@cekura-kit/spec'
import type { Change } from './change.ts'
import { createContract, diffContracts } from './diff-specs.ts'
import { edit } from './format-diff.ts'
import { isNode, type Node } from './schema-view.ts'

/** Where accepted differences from upstream lie, relative to the repository. */
export const deviationsFile = 'spec/deviations.json'

/** A difference from upstream that people accepted, for as long as upstream stays the same. */
export interface Deviation {
  kind: string
  location: string
  /** Hash of what upstream says, as the report prints it. */
  upstream: string
  reason: string
}

/** A difference between our document and upstream's. */
export interface Drift {
  kind: string
  location: string
  ours: string
  theirs: string
  upstream: string
}

export interface DriftReport {
  /** Differences nobody accepted. */
  drift: Drift[]
  /** Prose about covered operations that nobody has read yet: rules may hide in it. */
  prose: Drift[]
  /** Accepted differences that are no longer there. */
  settled: Deviation[]
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'])
const hash = (...parts: string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)

/** The document with only the operations another one covers, and what those refer to. */
export function sliceOperations(document: SpecDocument, covered: SpecDocument): SpecDocument {
  const ours = resolveRef(covered, covered['paths'])
  const theirs = resolveRef(document, document['paths'])
  const paths: Node = {}
  for (const [path, raw] of Object.entries(ours)) {
    const [item, match] = [resolveRef(covered, raw), theirs[path]]
    if (match === undefined) continue
    paths[path] = Object.fromEntries(
      Object.entries(resolveRef(document, match)).filter(
        ([key]) => !methods.has(key) || item[key] !== undefined,
      ),
    )
  }
  const all = resolveRef(document, document['components'])
  const components: Node = all['securitySchemes'] ? { securitySchemes: all['securitySchemes'] } : {}
  const follow = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return
    if (isNode(value) && typeof value['$ref'] === 'string') {
      const [, section, name] = /^#\/components\/(\w+)\/([^/]+)/.exec(value['$ref']) ?? []
      if (section && name) {
        const key = decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')
        const target = (components[section] ??= {}) as Node
        if (target[key] === undefined) {
          target[key] = resolveRef(document, { $ref: value['$ref'] })
          follow(target[key])
        }
      }
    }
    for (const child of Object.values(value)) follow(child)
  }
  follow(paths)
  const { openapi = '3.1.0', info = {}, servers, security } = document
  return {
    openapi,
    info,
    ...(servers === undefined ? {} : { servers }),
    ...(security === undefined ? {} : { security }),
    paths,
    components,
  }
}

/** Names and words are ours; only what is promised is compared. */
const compared = ({ kind }: Change): boolean =>
  !/^(component|operation-id)-/.test(kind) && kind !== 'docs-changed' && kind !== 'document-changed'

/**
 * Compares our document with the same operations of upstream's.
 *
 * @throws {SpecError} when the types of either cannot be generated
 */
export async function findDrift(
  ours: SpecDocument,
  upstream: SpecDocument,
  accepted: readonly Deviation[],
): Promise<DriftReport> {
  const slice = sliceOperations(upstream, ours)
  const { changes } = diffContracts(await createContract(ours), await createContract(slice))
  const found = changes.filter(compared).map((change): Drift => {
    const { kind, location, before, after } = change
    return {
      kind,
      location,
      ours: before,
      theirs: after,
      upstream: hash(kind, location, edit(change)),
    }
  })
  const words = Object.entries(resolveRef(slice, slice['paths'])).flatMap(([path, item]) =>
    Object.entries(resolveRef(slice, item))
      .filter(([method]) => methods.has(method))
      .map(([method, operation]): Drift => {
        const { summary, description } = resolveRef(slice, operation)
        const theirs = [summary, description].filter((text) => typeof text === 'string').join('\n')
        const location = `${method.toUpperCase()} ${path}`
        return {
          kind: 'prose',
          location,
          ours: '',
          theirs,
          upstream: hash('prose', location, theirs),
        }
      }),
  )
  const isAccepted = (item: Drift): boolean =>
    accepted.some(
      ({ kind, location, upstream }) =>
        kind === item.kind && location === item.location && upstream === item.upstream,
    )
  const everything = [...found, ...words]
  return {
    drift: found.filter((item) => !isAccepted(item)),
    prose: words.filter((item) => !isAccepted(item)),
    settled: accepted.filter(
      (entry) =>
        !everything.some(
          ({ kind, location, upstream }) =>
            kind === entry.kind && location === entry.location && upstream === entry.upstream,
        ),
    ),
  }
}

const complete = (entry: unknown): boolean =>
  typeof entry === 'object' &&
  entry !== null &&
  ['kind', 'location', 'upstream', 'reason'].every(
    (key) => typeof (entry as Node)[key] === 'string' && (entry as Node)[key] !== '',
  )

/** @throws {SpecError} when the ledger is not a list of complete entries */
export async function readDeviations(root: string): Promise<Deviation[]> {
  const text = await readFile(join(root, deviationsFile), 'utf8').catch(() => '[]')
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    list = undefined
  }
  if (!Array.isArray(list) || !list.every(complete))
    throw new SpecError(
      `Cannot use ${deviationsFile}: it must be a list of entries with kind, location, upstream and reason; correct it`,
    )
  return list as Deviation[]
}

/** Upstream's words in code, where no mention, link or HTML of theirs comes to life. */
function code(text: string, limit = 500): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (!line) return ''
  const shown = line.length > limit ? `${line.slice(0, limit)}…` : line
  const runs = (shown.match(/`+/g) ?? []).map((run) => run.length)
  const fence = '`'.repeat(Math.max(0, ...runs) + 1)
  const pad = runs.length > 0 ? ' ' : ''
  return `${fence}${pad}${shown.replaceAll('|', '\\|')}${pad}${fence}`
}

/** What an issue's body may hold, with room for whoever edits it. */
const bodyLimit = 60_000

function fit(text: string): string {
  if (text.length <= bodyLimit) return text
  const lines = text.split('\n')
  let length = 0
  const kept = lines.findIndex((line) => (length += line.length + 1) > bodyLimit)
  return `${lines.slice(0, kept).join('\n')}\n\nCut here, ${lines.length - kept} lines follow: \`pnpm drift --json\` has them all.\n`
}

/** The report as Markdown, fit for the body of an issue. */
export function formatDrift({ drift, prose, settled }: DriftReport): string {
  const sections = []
  if (drift.length > 0)
    sections.push(
      `## Upstream promises something else\n\n| kind | place | ours | theirs | upstream |\n| --- | --- | --- | --- | --- |\n${drift
        .map(
          (item) =>
            `| ${[item.kind, code(item.location), code(item.ours), code(item.theirs), item.upstream].join(' | ')} |`,
        )
        .join(
          '\n',
        )}\n\nChange \`spec/openapi.yaml\`, or accept each in \`${deviationsFile}\` with its hash and a reason.`,
    )
  if (prose.length > 0)
    sections.push(
      `## Words for a person to read\n\n${prose.map(({ location, upstream, theirs }) => `- ${code(location)} (\`prose\`, ${upstream}): ${code(theirs, 4_000) || 'no words'}`).join('\n')}`,
    )
  if (settled.length > 0)
    sections.push(
      `## No longer different\n\nRemove from \`${deviationsFile}\`:\n\n${settled.map(({ kind, location }) => `- ${kind} at ${code(location)}`).join('\n')}`,
    )
  return fit(`${sections.join('\n\n') || 'Upstream and our document promise the same.'}\n`)
}
