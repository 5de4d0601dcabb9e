import ts from 'typescript'
import { presentType } from './atoms.ts'
import type { Finding } from './change.ts'
import type { ChangeKind } from './policy.ts'
import { createTypeProgram, type TypeModule } from './type-program.ts'
import { createReport } from './report.ts'
import { createValueWalk, type Direction } from './value-walk.ts'

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

type Members = Map<string, ts.Symbol>

/**
 * Compares two files that openapi-typescript generated, as their consumers see them:
 * calls by path and method, bodies by direction, and every exported name.
 */
export function diffTypes(oldText: string, newText: string): Finding[] {
  if (oldText === newText) return []
  const program = createTypeProgram(oldText, newText)
  const { checker } = program
  const walk = createValueWalk(checker)
  const { findings, add, addAt } = createReport()
  const visited = new Set<ts.Type>()

  const typeOf = (symbol: ts.Symbol | undefined): ts.Type | undefined =>
    symbol && presentType(checker.getTypeOfSymbol(symbol))
  const bare = (type: ts.Type): ts.Type => checker.getNonNullableType(type)
  const members = (type: ts.Type | undefined): Members =>
    new Map(
      type && !isNever(type)
        ? checker.getPropertiesOfType(type).map((symbol) => [symbol.name, symbol])
        : [],
    )
  const member = (type: ts.Type | undefined, name: string): ts.Type | undefined => {
    const found = typeOf(members(type).get(name))
    return isNever(found) ? undefined : found
  }
  const print = (type: ts.Type | undefined): string =>
    type
      ? checker
          .typeToString(type)
          .replace(/ \| undefined$/, '')
          .slice(0, 60)
      : ''

  function values(before: ts.Type, after: ts.Type, direction: Direction, location: string): void {
    const inside = walk.compare(before, after, direction)
    addAt(location, inside)
    // What no rule named, the checker still sees.
    const safe =
      direction === 'read'
        ? checker.isTypeAssignableTo(bare(after), bare(before))
        : checker.isTypeAssignableTo(bare(before), bare(after))
    if (!safe && !inside.some(({ kind }) => looksBreaking(kind)))
      add(
        direction === 'read' ? 'response-type-changed' : 'request-type-changed',
        location,
        print(before),
        print(after),
      )
  }

  function parameters(before: ts.Type, after: ts.Type, at: string): void {
    for (const place of ['query', 'header', 'path', 'cookie']) {
      const [old, next] = [before, after].map((operation) =>
        members(member(member(operation, 'parameters'), place)),
      ) as [Members, Members]
      for (const [name, symbol] of old) {
        const location = `${at} ${place} parameter ${name}`
        const match = next.get(name)
        next.delete(name)
        if (!match) {
          add('request-parameter-removed', location, print(typeOf(symbol)))
          continue
        }
        if (optional(symbol) && !optional(match))
          add('request-became-required', location, 'optional', 'required')
        if (!optional(symbol) && optional(match))
          add('request-became-optional', location, 'required', 'optional')
        values(typeOf(symbol)!, typeOf(match)!, 'write', location)
      }
      for (const [name, symbol] of next)
        add(
          optional(symbol) ? 'request-parameter-added' : 'request-parameter-added-required',
          `${at} ${place} parameter ${name}`,
          '',
          print(typeOf(symbol)),
        )
    }
  }

  function requestBody(before: ts.Type, after: ts.Type, at: string): void {
    const location = `${at} request body`
    const [old, next] = [before, after].map((operation) => members(operation).get('requestBody'))
    const [a, b] = [member(before, 'requestBody'), member(after, 'requestBody')]
    if (!a && !b) return
    if (!a || !b) {
      if (a) add('request-body-removed', location, print(member(a, 'content')))
      else
        add(
          next && optional(next) ? 'request-body-added' : 'request-body-added-required',
          location,
          '',
          print(member(b, 'content')),
        )
      return
    }
    if (optional(old!) && !optional(next!))
      add('request-became-required', location, 'optional', 'required')
    if (!optional(old!) && optional(next!))
      add('request-became-optional', location, 'required', 'optional')
    media(member(a, 'content'), member(b, 'content'), 'write', location)
  }

  function media(
    before: ts.Type | undefined,
    after: ts.Type | undefined,
    direction: Direction,
    at: string,
  ): void {
    const [old, next] = [members(before), members(after)]
    const several = old.size > 1 || next.size > 1
    const place = (name: string): string => (several ? `${at} (${name})` : at)
    const family = direction === 'read' ? 'response' : 'request'
    if (direction === 'read' && old.size === 0 && next.size > 0) {
      add('response-body-added', at, '', print(after))
      return
    }
    if (direction === 'read' && old.size > 0 && next.size === 0) {
      add('response-body-removed', at, print(before))
      return
    }
    const bodies = [...old.values()].map((symbol) => typeOf(symbol)!)
    for (const [name, symbol] of old) {
      const match = next.get(name)
      next.delete(name)
      if (match) values(typeOf(symbol)!, typeOf(match)!, direction, place(name))
      else add(`${family}-media-type-removed`, place(name), name)
    }
    for (const [name, symbol] of next) {
      const fits =
        direction === 'write' ||
        bodies.some((body) => checker.isTypeAssignableTo(typeOf(symbol)!, body))
      add(fits ? `${family}-media-type-added` : 'response-body-added', place(name), '', name)
    }
  }

  function responses(before: ts.Type, after: ts.Type, at: string): void {
    const [old, next] = [members(member(before, 'responses')), members(member(after, 'responses'))]
    for (const [status, symbol] of old) {
      const match = next.get(status)
      if (!match) {
        add('response-status-removed', `${at} ${status}`, status)
        continue
      }
      const [a, b] = [typeOf(symbol), typeOf(match)]
      const [was, is] = [members(member(a, 'headers')), members(member(b, 'headers'))]
      for (const [name, header] of was) {
        const location = `${at} ${status} header ${name}`
        const same = is.get(name)
        is.delete(name)
        if (!same) {
          add('response-header-removed', location, print(typeOf(header)))
          continue
        }
        if (!optional(header) && optional(same))
          add('response-became-optional', location, 'required', 'optional')
        if (optional(header) && !optional(same))
          add('response-became-required', location, 'optional', 'required')
        values(typeOf(header)!, typeOf(same)!, 'read', location)
      }
      for (const [name, header] of is)
        add('response-header-added', `${at} ${status} header ${name}`, '', print(typeOf(header)))
      media(member(a, 'content'), member(b, 'content'), 'read', `${at} ${status} body`)
    }
    for (const [status, symbol] of next)
      if (!old.has(status)) addedStatus(status, typeOf(symbol), old, at)
  }

  /** A new status is harmless when everything it can carry fits what was there already. */
  function addedStatus(
    status: string,
    response: ts.Type | undefined,
    old: Members,
    at: string,
  ): void {
    const bodies = [...members(member(response, 'content')).values()].map((body) => typeOf(body)!)
    const success = isSuccess(status)
    const kin = [...old].filter(([name]) => isSuccess(name) === success)
    const bodiesOf = (list: typeof kin): ts.Type[] =>
      list.flatMap(([, symbol]) =>
        [...members(member(typeOf(symbol), 'content')).values()].map((body) => typeOf(body)!),
      )
    const known = bodiesOf(kin)
    // Without errors `data` is there whenever `error` is not; an error without a body ends that.
    const certain = !success && kin.length === 0 && bodiesOf([...old]).length > 0
    const fits =
      bodies.length === 0
        ? !certain && (known.length === 0 || kin.some(([, s]) => !member(typeOf(s), 'content')))
        : bodies.every((body) => known.some((other) => checker.isTypeAssignableTo(body, other)))
    // The first error documented adds knowledge: `error` had no type before.
    const first = !success && kin.length === 0 && bodies.length > 0
    const kind =
      fits || first
        ? 'response-status-added'
        : success
          ? 'response-status-added-success'
          : 'response-status-added-error'
    add(kind, `${at} ${status}`, '', bodies.map(print).join(' | ') || 'no body')
  }

  function operations(before: ts.Type, after: ts.Type, at: string): void {
    visited.add(before)
    visited.add(after)
    parameters(before, after, at)
    requestBody(before, after, at)
    responses(before, after, at)
  }

  const exportsOf = (name: string): [Members, Members] =>
    [program.old, program.new].map((module: TypeModule) => members(module.exported(name))) as [
      Members,
      Members,
    ]

  const [oldPaths, newPaths] = exportsOf('paths')
  const gone = new Set<ts.Type>()
  for (const [path, symbol] of oldPaths) {
    const match = newPaths.get(path)
    if (!match) add('path-removed', path, path)
    for (const method of methods) {
      const [a, b] = [member(typeOf(symbol), method), match && member(typeOf(match), method)]
      const at = `${method.toUpperCase()} ${path}`
      if (a && b) operations(a, b, at)
      else if (a) {
        gone.add(a)
        if (match) add('operation-removed', at, at)
      } else if (b) {
        gone.add(b)
        add('operation-added', at, '', at)
      }
    }
  }
  for (const [path, symbol] of newPaths) {
    if (oldPaths.has(path)) continue
    add('path-added', path, '', path)
    for (const method of methods) {
      const type = member(typeOf(symbol), method)
      if (type) gone.add(type)
    }
  }

  const [oldOperations, newOperations] = exportsOf('operations')
  for (const [name, symbol] of oldOperations)
    if (!newOperations.has(name) && !gone.has(typeOf(symbol)!))
      add('operation-id-removed', `operations.${name}`, name)
  for (const [name, symbol] of newOperations) {
    const before = oldOperations.get(name)
    if (!before) {
      if (!gone.has(typeOf(symbol)!)) add('operation-id-added', `operations.${name}`, '', name)
    }
    // The same name on another path still promises the same types.
    else if (!visited.has(typeOf(before)!) && !gone.has(typeOf(before)!))
      operations(typeOf(before)!, typeOf(symbol)!, `operations.${name}`)
  }

  const [oldComponents, newComponents] = exportsOf('components')
  for (const [section, symbol] of oldComponents) {
    const [old, next] = [members(typeOf(symbol)), members(typeOf(newComponents.get(section)))]
    for (const [name, component] of old) {
      const location = `components.${section}.${name}`
      const match = next.get(name)
      if (!match) add('component-removed', location, name)
      // What no operation leads to is still imported by name, and read.
      else if (section === 'schemas' && !walk.met(typeOf(component)!))
        values(typeOf(component)!, typeOf(match)!, 'read', location)
    }
    for (const name of next.keys())
      if (!old.has(name)) add('component-added', `components.${section}.${name}`, '', name)
  }
  return findings
}

const quiet = /-(added|widened|became-readonly|became-required|never-null|accepts-null)$/

/** Whether the kind alone accounts for an assignment that fails. */
function looksBreaking(kind: ChangeKind): boolean {
  return (
    !quiet.test(kind) || kind === 'response-enum-value-added' || kind === 'response-type-widened'
  )
}

const isNever = (type: ts.Type | undefined): boolean =>
  !type || (type.flags & (ts.TypeFlags.Never | ts.TypeFlags.Undefined)) !== 0

const optional = (symbol: ts.Symbol): boolean => (symbol.flags & ts.SymbolFlags.Optional) !== 0

const isSuccess = (status: string): boolean => status.startsWith('2')
