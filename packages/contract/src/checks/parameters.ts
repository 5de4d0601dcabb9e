import type { Operation, Parameter } from '@cekura-kit/spec'
import { readContract, type ContractDocument } from '../document/contract-document.ts'
import { createRequestValidator } from '../document/request-validator.ts'
import { candidateBodies, mergeSamples } from '../document/sample-bodies.ts'
import { bodySchemaOf, exampleBodiesOf } from '../document/sample-request.ts'
import { candidateTexts, coerceTexts, exampleValuesOf, toQuery } from '../document/sample-values.ts'
import type { Check } from '../suite/check.ts'
import { expectThat } from '../suite/errors.ts'
import type { Target } from '../target/target.ts'

const check = (
  { operationId }: Operation,
  id: string,
  title: string,
  run: Check['run'],
): Check => ({
  id: `parameters.${operationId}.${id}`,
  group: 'parameters',
  title,
  operationId,
  needs: ['document'],
  origin: 'documented',
  run,
})

/**
 * Parameters and request bodies of the served document, validated without HTTP: Prism drops empty
 * values and unknown names, so no request can test them.
 */
export const parameterChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) => [
    ...operation.parameters.map((parameter) => parameterCheck(contract, operation, parameter)),
    check(
      operation,
      'query',
      'rejects a query with an unknown, a repeated or a missing name',
      async (target) => checkQuery(contract, operation, target),
    ),
    ...(operation.requestBody
      ? [
          check(
            operation,
            'body',
            'accepts and rejects the bodies that its schema describes',
            (target) => checkBody(contract, operation, target),
          ),
        ]
      : []),
  ])

function servedOperation({ document }: Target, { operationId }: Operation): Operation {
  const served = readContract(document!).operations.find((one) => one.operationId === operationId)
  expectThat(served, `operation "${operationId}" is missing`)
  return served
}

function parameterCheck(
  contract: ContractDocument,
  operation: Operation,
  parameter: Parameter,
): Check {
  const { name, in: place, required, schema } = parameter
  const title = `${name} accepts and rejects the values that its schema describes`
  return check(operation, name, title, async (target) => {
    const served = servedOperation(target, operation).parameters.find(
      (one) => one.name === name && one.in === place,
    )
    expectThat(served, `${place} parameter "${name}" is missing`)
    expectThat(
      served.required === required,
      `${name} is ${served.required ? 'required' : 'optional'}, expected the opposite`,
    )
    const expected = contract.validate(schema)
    const actual = readContract(target.document!).validate(served.schema)
    // No text on the wire is null, but a schema that allows null is another schema.
    expectThat(
      (expected(null) === undefined) === (actual(null) === undefined),
      `${name} is nullable in one of the two documents only`,
    )
    const texts = candidateTexts(contract.document, parameter)
    let rejected = 0
    for (const text of texts) {
      const accepts = expected(coerceTexts(parameter, [text])) === undefined
      const found = actual(coerceTexts(served, [text])) === undefined
      expectThat(
        accepts === found,
        `${name}="${text.slice(0, 40)}" is ${found ? 'accepted' : 'rejected'}`,
      )
      if (!accepts) rejected++
    }
    return `${texts.length - rejected} accepted, ${rejected} rejected`
  })
}

function checkQuery(contract: ContractDocument, operation: Operation, target: Target): string {
  const known = new Set(operation.parameters.map(({ name }) => name))
  const unknown = servedOperation(target, operation).parameters.find(({ name }) => !known.has(name))
  expectThat(!unknown, `parameter "${unknown?.name}" is not in the document`)
  const validate = createRequestValidator(target.document!)
  const problemsOf = (query: [string, string][]): string[] =>
    validate(operation.operationId, new URLSearchParams(query))
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query')
  const every = parameters.flatMap((parameter) =>
    toQuery(parameter, exampleValuesOf(contract.document, parameter)[0]!),
  )
  const found = problemsOf(every)
  expectThat(found.length === 0, `a query with every parameter is rejected: ${found.join('; ')}`)
  for (const { name, required, schema } of parameters) {
    const renamed = every.map(([own, value]): [string, string] => [
      own === name ? `${own}s` : own,
      value,
    ])
    expectThat(problemsOf(renamed).length > 0, `the unknown name ${name}s is accepted`)
    const twice = [...every, every.find(([own]) => own === name)!]
    const isList = [schema['type']].flat().includes('array')
    expectThat(isList || problemsOf(twice).length > 0, `a repeated ${name} is accepted`)
    if (required)
      expectThat(
        problemsOf(every.filter(([own]) => own !== name)).length > 0,
        `a query without ${name} is accepted`,
      )
  }
  return `${parameters.length} names`
}

async function checkBody(
  contract: ContractDocument,
  operation: Operation,
  target: Target,
): Promise<string | void> {
  const served = servedOperation(target, operation)
  const required = operation.requestBody?.required
  expectThat(
    served.requestBody?.required === required,
    `the body is ${required ? 'not ' : ''}required, expected the opposite`,
  )
  const [schema, actual] = [bodySchemaOf(operation), bodySchemaOf(served)]
  if (schema === undefined) return 'no JSON body'
  expectThat(actual, 'the JSON body is missing')
  const validate = contract.validate(schema)
  const validateServed = readContract(target.document!).validate(actual)
  const sample = mergeSamples(exampleBodiesOf(contract, operation))
  const candidates = candidateBodies(contract.document, schema, sample)
  for (const { path, change, value } of candidates) {
    const found = validateServed(value) === undefined
    expectThat(
      (validate(value) === undefined) === found,
      `a body is ${found ? 'accepted' : 'rejected'} where ${path || 'it'} ${change}`,
    )
  }
  return `${candidates.length} bodies`
}
