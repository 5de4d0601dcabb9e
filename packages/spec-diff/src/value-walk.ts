import ts from 'typescript'
import type { ChangeKind } from './policy.ts'
import { below, distinct, type LocalFinding } from './report.ts'
import { atomsOf, pairObjects, type Atoms } from './atoms.ts'

/** `read`: a consumer gets the value. `write`: a consumer supplies it. */
export type Direction = 'read' | 'write'

export interface ValueWalk {
  compare(before: ts.Type, after: ts.Type, direction: Direction): LocalFinding[]
  /** Whether a type was met on either side, in any direction. */
  met(type: ts.Type): boolean
}

/**
 * Compares values of two programs' types by the direction they travel in.
 *
 * Verdicts are remembered by pair of types; the findings come back for every place.
 */
export function createValueWalk(checker: ts.TypeChecker): ValueWalk {
  const known = new Map<ts.Type, Map<ts.Type, { [key in Direction]?: LocalFinding[] }>>()
  const met = new Set<ts.Type>()

  const print = (type: ts.Type): string => {
    const text = checker
      .typeToString(type, undefined, ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType)
      .replace(/ \| undefined$/, '')
    return text.length > 60 ? `${text.slice(0, 57)}...` : text
  }
  const compare: ValueWalk['compare'] = (before, after, direction) => {
    meet(before)
    meet(after)
    let row = known.get(before)
    if (!row) known.set(before, (row = new Map()))
    let cell = row.get(after)
    if (!cell) row.set(after, (cell = {}))
    if (cell[direction]) return cell[direction]
    // A type inside itself is judged by its first visit.
    cell[direction] = []
    return (cell[direction] = distinct(compareFresh(before, after, direction)))
  }

  function compareFresh(before: ts.Type, after: ts.Type, direction: Direction): LocalFinding[] {
    const [a, b] = [atomsOf(checker, before), atomsOf(checker, after)]
    // Printing is slow, and most pairs are equal.
    const change = (kind: ChangeKind): LocalFinding => found(kind, print(before), print(after))
    if (a.unknown || b.unknown) {
      if (a.unknown && b.unknown) return []
      if (direction === 'write')
        return [change(a.unknown ? 'request-type-narrowed' : 'request-type-widened')]
      return [change(a.unknown ? 'response-type-given' : 'response-type-lost')]
    }
    const { pairs, removed, added } = pairObjects(checker, a.objects, b.objects)
    const findings = pairs.flatMap(([x, y]) =>
      x === before ? compareObjects(x, y, direction) : compare(x, y, direction),
    )
    const lost = { primitives: missing(a.primitives, b.primitives), objects: removed.length }
    const won = { primitives: missing(b.primitives, a.primitives), objects: added.length }
    findings.push(
      ...compareLiterals(a, b, direction),
      ...compareNull(a.null, b.null, direction).map(change),
    )
    // A primitive that gives way to its own literals, or takes their place, is an enum's matter.
    const closed = lost.primitives.filter((name) => b.literalsOf(name).length > 0)
    const opened = won.primitives.filter((name) => a.literalsOf(name).length > 0)
    if (closed.length > 0)
      findings.push(
        change(direction === 'read' ? 'response-type-narrowed' : 'request-type-narrowed'),
      )
    if (opened.length > 0)
      findings.push(change(direction === 'read' ? 'response-enum-opened' : 'request-type-widened'))
    const losses = lost.primitives.length - closed.length + lost.objects
    const wins = won.primitives.length - opened.length + won.objects
    if (losses > 0 && wins > 0)
      findings.push(change(direction === 'read' ? 'response-type-changed' : 'request-type-changed'))
    else if (losses > 0)
      findings.push(
        change(direction === 'read' ? 'response-type-narrowed' : 'request-type-narrowed'),
      )
    else if (wins > 0)
      findings.push(change(direction === 'read' ? 'response-type-widened' : 'request-type-widened'))
    return findings
  }

  function compareObjects(a: ts.Type, b: ts.Type, direction: Direction): LocalFinding[] {
    if (checker.isArrayType(a) || checker.isTupleType(a)) {
      const [x, y] = [elements(a), elements(b)]
      const read = direction === 'read'
      if (x.length !== y.length || checker.isTupleType(a) !== checker.isTupleType(b))
        return [found(read ? 'response-type-changed' : 'request-type-changed', print(a), print(b))]
      return x.flatMap((type, index) =>
        below(checker.isTupleType(a) ? `[${index}]` : '[]', compare(type, y[index]!, direction)),
      )
    }
    const findings: LocalFinding[] = []
    const next = new Map(checker.getPropertiesOfType(b).map((symbol) => [symbol.name, symbol]))
    for (const symbol of checker.getPropertiesOfType(a)) {
      const match = next.get(symbol.name)
      next.delete(symbol.name)
      const step = `.${symbol.name}`
      if (!match) {
        findings.push(
          found(
            direction === 'read' ? 'response-property-removed' : 'request-property-removed',
            print(checker.getTypeOfSymbol(symbol)),
            '',
            step,
          ),
        )
        continue
      }
      findings.push(...compareModifiers(symbol, match, direction, step))
      findings.push(
        ...below(
          step,
          compare(checker.getTypeOfSymbol(symbol), checker.getTypeOfSymbol(match), direction),
        ),
      )
    }
    for (const symbol of next.values()) {
      const kind =
        direction === 'read'
          ? 'response-property-added'
          : isOptional(symbol)
            ? 'request-property-added'
            : 'request-property-added-required'
      findings.push(found(kind, '', print(checker.getTypeOfSymbol(symbol)), `.${symbol.name}`))
    }
    return [...findings, ...compareIndex(a, b, direction)]
  }

  function compareIndex(a: ts.Type, b: ts.Type, direction: Direction): LocalFinding[] {
    const [x, y] = [indexed(a), indexed(b)]
    const read = direction === 'read'
    if (x && y) return below('[key]', compare(x, y, direction))
    if (x)
      return [
        found(
          read ? 'response-property-removed' : 'request-property-removed',
          print(x),
          '',
          '[key]',
        ),
      ]
    if (y)
      return [
        found(read ? 'response-property-added' : 'request-property-added', '', print(y), '[key]'),
      ]
    return []
  }

  function indexed(type: ts.Type): ts.Type | undefined {
    const value = checker.getIndexTypeOfType(type, ts.IndexKind.String)
    return value && value.flags & ts.TypeFlags.Never ? undefined : value
  }

  function elements(type: ts.Type): readonly ts.Type[] {
    return checker.getTypeArguments(type as ts.TypeReference)
  }

  /** The parts of an `allOf` count as met with it. */
  function meet(type: ts.Type): void {
    const whole = checker.getNonNullableType(type)
    met.add(whole)
    if (whole.isIntersection()) for (const part of whole.types) met.add(part)
  }

  return { compare, met: (type) => met.has(checker.getNonNullableType(type)) }
}

const isOptional = (symbol: ts.Symbol): boolean => (symbol.flags & ts.SymbolFlags.Optional) !== 0

const isReadonly = (symbol: ts.Symbol): boolean =>
  (symbol.declarations ?? []).some(
    (node) => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Readonly) !== 0,
  )

const missing = <T>(from: readonly T[], there: readonly T[]): T[] =>
  from.filter((item) => !there.includes(item))

const found = (kind: ChangeKind, before: string, after: string, path = ''): LocalFinding => ({
  kind,
  path,
  before,
  after,
  origin: {},
})

function compareLiterals(a: Atoms, b: Atoms, direction: Direction): LocalFinding[] {
  const read = direction === 'read'
  const lost = missing(a.literals, b.literals).filter((literal) => !b.covers(literal))
  const won = missing(b.literals, a.literals).filter((literal) => !a.covers(literal))
  return [
    ...lost.map((literal) =>
      found(
        read ? 'response-enum-value-removed' : 'request-enum-value-removed',
        literal,
        b.literals.join(' | '),
      ),
    ),
    ...won.map((literal) =>
      found(
        read ? 'response-enum-value-added' : 'request-enum-value-added',
        a.literals.join(' | '),
        literal,
      ),
    ),
  ]
}

function compareNull(was: boolean, is: boolean, direction: Direction): ChangeKind[] {
  if (was === is) return []
  if (direction === 'read') return [is ? 'response-became-nullable' : 'response-never-null']
  return [is ? 'request-accepts-null' : 'request-rejects-null']
}

function compareModifiers(
  a: ts.Symbol,
  b: ts.Symbol,
  direction: Direction,
  step: string,
): LocalFinding[] {
  const findings: LocalFinding[] = []
  const read = direction === 'read'
  if (isOptional(a) !== isOptional(b)) {
    const [was, is] = isOptional(a) ? ['optional', 'required'] : ['required', 'optional']
    const kind = isOptional(b)
      ? read
        ? 'response-became-optional'
        : 'request-became-optional'
      : read
        ? 'response-became-required'
        : 'request-became-required'
    findings.push(found(kind, was!, is!, step))
  }
  if (read && isReadonly(a) !== isReadonly(b))
    findings.push(
      isReadonly(b)
        ? found('response-became-readonly', 'writable', 'readonly', step)
        : found('response-became-writable', 'readonly', 'writable', step),
    )
  return findings
}
