import type { Operation } from '@cekura-kit/spec/document'

export interface Route {
  /** The path template as written. */
  path: string
  /** By method, in upper case. */
  operations: ReadonlyMap<string, Operation>
  /** Path parameters of a concrete path, decoded; undefined for a path of another template. */
  match(pathname: string): { [name: string]: string } | undefined
}

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** Path parameters take exactly one segment. */
function createMatch(path: string): Route['match'] {
  const parts = path.split(/\{([^}]*)\}/)
  const names = parts.filter((_, n) => n % 2 === 1)
  const pattern = new RegExp(
    `^${parts.map((part, n) => (n % 2 === 1 ? '([^/]+)' : literal(part))).join('')}$`,
  )
  return (pathname) => {
    const values = pattern.exec(pathname)?.slice(1)
    return values && Object.fromEntries(names.map((name, n) => [name, decode(values[n]!)]))
  }
}

/** A segment without its encoding; one that is not encoded correctly stays as it is. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const templateCount = (path: string): number => path.split('{').length

/**
 * Finds the path item of a concrete path. A path without parameters wins over a template.
 *
 * @returns a function that returns undefined for a path that the document does not have
 */
export function createOperationRouter(
  operations: readonly Operation[],
): (pathname: string) => Route | undefined {
  const byPath = new Map<string, Map<string, Operation>>()
  for (const operation of operations) {
    const methods = byPath.get(operation.path) ?? new Map<string, Operation>()
    byPath.set(operation.path, methods.set(operation.method, operation))
  }
  const routes = [...byPath]
    .sort(([a], [b]) => templateCount(a) - templateCount(b))
    .map(([path, methods]): Route => ({ path, operations: methods, match: createMatch(path) }))
  return (pathname) => routes.find((route) => route.match(pathname))
}
