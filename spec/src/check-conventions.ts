import { jsonSchemaOf, resolveRef, type Operation } from './operations.ts'
import type { SpecDocument } from './bundle-spec.ts'

const operationIdForm = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/
// Members of the client that are not operations, and names with a meaning in JavaScript.
const reservedNames = new Set(['raw', 'then', 'constructor', 'prototype'])

/** A paginated operation has a `page` parameter and a page as its 200; one half alone is an error. */
function checkPagination(document: SpecDocument, operation: Operation): string[] {
  const ok = operation.responses.find(({ status }) => status === '200')
  const page = resolveRef(document, jsonSchemaOf(ok?.content ?? {}))
  const properties = Object.keys(resolveRef(document, page['properties']))
  const found = [
    operation.parameters.some((p) => p.in === 'query' && p.name === 'page')
      ? 'the query parameter "page"'
      : '',
    properties.includes('results') && properties.includes('next')
      ? '"results" and "next" in its 200'
      : '',
  ].filter(Boolean)
  return found.length === 1
    ? [
        `a paginated operation needs the query parameter "page", and "results" and "next" in its 200; found only ${found[0]}`,
      ]
    : []
}

function checkParameters({ path, parameters }: Operation): string[] {
  const inPath = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!)
  const names = parameters.map(({ name }) => name)
  const repeated = names.filter((name, index) => names.indexOf(name) !== index)
  const separated = parameters.filter(({ commaSeparated }) => commaSeparated !== undefined)
  return [
    ...inPath
      .filter((name) => !parameters.some((p) => p.in === 'path' && p.name === name))
      .map((name) => `the path has {${name}}, but no path parameter "${name}" is declared`),
    ...parameters
      .filter((p) => p.in === 'path' && !inPath.includes(p.name))
      .map((p) => `the path parameter "${p.name}" is not in the path ${path}`),
    ...repeated.map((name) => `two parameters are named "${name}": methods take them by name`),
    ...(names.includes('body')
      ? ['a parameter is named "body", which methods use for the request body']
      : []),
    ...separated
      .filter(
        ({ schema, commaSeparated }) =>
          schema['type'] !== 'string' || !['integer', 'string'].includes(commaSeparated!),
      )
      .map(
        ({ name, commaSeparated }) =>
          `x-comma-separated of "${name}" is ${commaSeparated}: expected integer or string, on a parameter of type string`,
      ),
  ]
}

/**
 * Checks what generated code relies on: operationIds that are identifiers, parameters that match
 * the path, and whole pagination conventions.
 *
 * @returns every problem with its operation
 */
export function checkConventions(
  document: SpecDocument,
  operations: Operation[],
): { operation: Operation; message: string }[] {
  const ids = operations.map(({ operationId }) => operationId)
  return operations.flatMap((operation) => {
    const { operationId } = operation
    const isGroup = ids.find((id) => id.startsWith(`${operationId}.`))
    const messages = [
      ...(operationIdForm.test(operationId)
        ? []
        : [
            `the operationId ${JSON.stringify(operationId)} is not an identifier: expected a form like "callLogs.list"`,
          ]),
      ...operationId
        .split('.')
        .filter((name) => reservedNames.has(name))
        .map((name) => `the operationId "${operationId}" uses the reserved name "${name}"`),
      ...(ids.indexOf(operationId) === operations.indexOf(operation)
        ? []
        : [`the operationId "${operationId}" is used twice`]),
      ...(isGroup ? [`the operationId "${operationId}" is also the group of "${isGroup}"`] : []),
      ...checkPagination(document, operation),
      ...checkParameters(operation),
    ]
    return messages.map((message) => ({ operation, message }))
  })
}
