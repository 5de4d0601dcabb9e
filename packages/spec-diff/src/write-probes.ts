import ts from 'typescript'
import { presentType } from './atoms.ts'
import { createProbeText } from './probe-text.ts'
import { createTypeProgram } from './type-program.ts'

/** One line of a consumer's code. */
export interface Probe {
  code: string
  /** What the line does and where, for a reader of the failure. */
  label: string
  /** Only code that builds or changes responses is affected. */
  strict: boolean
}

/** What every set of probes starts with; `./new.ts` is the file under test. */
export const probePrelude = `import createClient, { type FetchResponse } from 'openapi-fetch'
import type { components, operations, paths } from './new.ts'
declare const client: ReturnType<typeof createClient<paths>>
declare function a<T>(): T
declare function use<T>(value: T): void
type Answer<T extends Record<string | number, any>> = FetchResponse<T, object, \`\${string}/\${string}\`>
`

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const quote = JSON.stringify

/**
 * Writes code as a consumer of the given generated file would: every call, every field read,
 * every literal compared, every name imported, every response built for a test.
 *
 * Each line compiles against that file. One that fails against a newer file names what broke.
 */
export function writeProbes(schema: string): Probe[] {
  const { checker, old } = createTypeProgram(schema, '')
  const text = createProbeText(checker)
  const probes: Probe[] = []
  const add = (code: string, label: string, strict = false): void => {
    probes.push({ code, label, strict })
  }
  const typeOf = (symbol: ts.Symbol): ts.Type => presentType(checker.getTypeOfSymbol(symbol))
  const members = (type: ts.Type | undefined): ts.Symbol[] =>
    type && !(type.flags & (ts.TypeFlags.Never | ts.TypeFlags.Undefined))
      ? checker.getPropertiesOfType(type)
      : []
  const member = (type: ts.Type | undefined, name: string): ts.Type | undefined => {
    const symbol = members(type).find((one) => one.name === name)
    const found = symbol && typeOf(symbol)
    return found && found.flags & (ts.TypeFlags.Never | ts.TypeFlags.Undefined) ? undefined : found
  }
  const isOptional = (owner: ts.Type, name: string): boolean =>
    members(owner).some((one) => one.name === name && (one.flags & ts.SymbolFlags.Optional) !== 0)

  function calls(operation: ts.Type, method: string, path: string): void {
    const at = `${method.toUpperCase()} ${path}`
    const groups = members(member(operation, 'parameters')).flatMap((symbol) => {
      const group = member(member(operation, 'parameters'), symbol.name)
      return group ? [{ name: symbol.name, type: group }] : []
    })
    const body = member(operation, 'requestBody')
    const media = members(body && member(body, 'content'))
    const init = (full: boolean, bodyText: string | undefined): string => {
      const parameters = groups.flatMap(({ name, type }) => {
        const value = text.literal(type, full)
        return full || value !== '{}' ? [`${name}: ${value}`] : []
      })
      const parts = [
        ...(parameters.length > 0 ? [`params: { ${parameters.join(', ')} }`] : []),
        ...(bodyText === undefined ? [] : [`body: ${bodyText}`]),
      ]
      return parts.length > 0 ? `, { ${parts.join(', ')} }` : ''
    }
    const call = (rest: string, what: string): void =>
      add(`void client.${method.toUpperCase()}(${quote(path)}${rest})`, `${what} ${at}`)
    const bodyType = media[0] && typeOf(media[0])
    call(init(true, bodyType && text.literal(bodyType, true)), 'full call')
    const optionalBody = isOptional(operation, 'requestBody')
    call(
      init(false, bodyType && !optionalBody ? text.literal(bodyType, false) : undefined),
      'smallest call',
    )
    const own = `paths[${quote(path)}][${quote(method)}]`
    for (const one of media) {
      const place = `NonNullable<${own}["requestBody"]>["content"][${quote(one.name)}]`
      for (const literal of text.literals(typeOf(one)))
        add(`use<${place}>(${literal})`, `request body ${one.name} ${at}`)
    }
    for (const { name, type } of groups)
      for (const literal of text.literals(type))
        add(
          `use<NonNullable<${own}["parameters"][${quote(name)}]>>(${literal})`,
          `${name} parameters ${at}`,
        )
  }

  function responses(operation: ts.Type, method: string, path: string): void {
    const at = `${method.toUpperCase()} ${path}`
    const own = `paths[${quote(path)}][${quote(method)}]`
    const all = members(member(operation, 'responses'))
    for (const response of all) {
      const status = /^\d+$/.test(response.name) ? response.name : quote(response.name)
      const place = `${own}["responses"][${status}]`
      add(`use<${place}>(a<never>())`, `status ${response.name} ${at}`)
      for (const header of members(member(typeOf(response), 'headers')))
        for (const line of text.reads(
          checker.getTypeOfSymbol(header),
          `a<${place}["headers"]>()[${quote(header.name)}]`,
        ))
          add(line, `header ${header.name} ${response.name} ${at}`)
      for (const media of members(member(typeOf(response), 'content'))) {
        const body = `${place}["content"][${quote(media.name)}]`
        const type = typeOf(media)
        for (const line of text.reads(type, `a<${body}>()`))
          add(line, `read ${response.name} ${at}`)
        for (const literal of text.literals(type))
          add(`use<${body}>(${literal})`, `fixture ${response.name} ${at}`, true)
        for (const line of text.writes(type, `a<${body}>()`))
          add(line, `assign ${response.name} ${at}`, true)
      }
    }
    answers(all, at, own)
  }

  /** `data` and `error` are read as the union of every body behind them. */
  function answers(all: readonly ts.Symbol[], at: string, own: string): void {
    for (const side of ['data', 'error'] as const) {
      const kin = all.filter(({ name }) => name.startsWith('2') === (side === 'data'))
      const contents = kin.map((response) => members(member(typeOf(response), 'content')))
      const bodies = [...new Set(contents.flat().map(typeOf))]
      if (bodies.length === 0) continue
      const [test, none] = [
        side === 'data' ? '!==' : '===',
        contents.some((list) => list.length === 0),
      ]
      const lines =
        bodies.length === 1 && !none
          ? text.reads(bodies[0]!, 'body')
          : [
              `use<${[...bodies.map(text.shape), ...(none ? ['undefined'] : [])].join(' | ')}>(body)`,
            ]
      add(
        `{ const answer = a<Answer<${own}>>(); if (answer.error ${test} undefined) throw 0; const body = answer.${side}; ${lines.join('; ')} }`,
        `${side} ${at}`,
      )
    }
  }

  for (const item of members(old.exported('paths')))
    for (const method of methods) {
      const operation = member(typeOf(item), method)
      if (!operation) continue
      calls(operation, method, item.name)
      responses(operation, method, item.name)
    }
  for (const operation of members(old.exported('operations')))
    add(
      `use<operations[${quote(operation.name)}]>(a<never>())`,
      `name operations.${operation.name}`,
    )
  for (const section of members(old.exported('components')))
    for (const component of members(typeOf(section))) {
      const place = `components[${quote(section.name)}][${quote(component.name)}]`
      const label = `components.${section.name}.${component.name}`
      add(`use<${place}>(a<never>())`, `name ${label}`)
      if (section.name === 'schemas' && !text.met(typeOf(component)))
        for (const line of text.reads(typeOf(component), `a<${place}>()`))
          add(line, `read ${label}`)
    }
  return probes
}
