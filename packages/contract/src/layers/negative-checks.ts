import type { Operation } from '@cekura-kit/spec'
import { expectThat, isRead, type Check } from '../check.ts'
import { expectConform, requiredQuery, withQuery } from '../conform.ts'
import { successOf, type ContractDocument } from '../contract-document.ts'
import { coerceQuery, wireTexts } from '../query-values.ts'
import type { Asked, Target } from '../target.ts'

/**
 * What the framework behind the service makes of a value that the document refuses, where that is
 * not plainly a 400. Prism, which reads the document, knows nothing of it.
 */
const lenient: { [parameter: string]: readonly number[] } = {
  // There is no such page.
  page: [400, 404],
  // What is no size falls back to the default.
  page_size: [200, 400],
}
/** Instants that a framework may complete with a time or a zone of its own. */
const isIncompleteInstant = (value: string): boolean => /^\d{4}-\d{2}-\d{2}(T[\d:]+)?$/.test(value)

function refusals(target: Target, name: string, value = ''): readonly number[] {
  if (!target.capabilities.has('stateful')) return [400]
  const isInstant = name.startsWith('timestamp') && isIncompleteInstant(value)
  return lenient[name] ?? (isInstant ? [200, 400] : [400])
}

/**
 * L2: what the document does not allow is refused, in the words it documents.
 *
 * The kinds of wrong request are those of Schemathesis: ignored or missing authentication, missing
 * required parameters, negative data, unsupported methods; each answer is held to its documented
 * status, content type, headers and schema. Where nobody documents which refusal it is, a set is
 * allowed, and the one that came is reported.
 */
export function negativeChecks(contract: ContractDocument): Check[] {
  return contract.operations.flatMap((operation) =>
    [
      ...keyChecks(contract, operation),
      ...dataChecks(contract, operation),
      ...placeChecks(operation),
    ].map((check) =>
      isRead(operation.method) ? check : { ...check, needs: [...check.needs, 'writes'] },
    ),
  )
}

interface KeyCase extends Pick<Asked, 'key' | 'headers'> {
  query?: [string, string][]
}

function keyChecks(contract: ContractDocument, operation: Operation): Check[] {
  const { name } = contract.auth
  const key = 'contract-made-up-key'
  const cases: [id: string, title: string, asked: KeyCase][] = [
    ['no-key', 'a call without a key is refused', { key: null }],
    ['empty-key', 'a call with an empty key is refused', { key: '' }],
    [
      'bearer',
      'a key in another header is no key',
      { key: null, headers: { authorization: `Bearer ${key}`, 'x-api-key': key } },
    ],
    [
      'query-key',
      'a key in the query is no key',
      {
        key: null,
        query: [
          [name, key],
          ['api_key', key],
        ],
      },
    ],
    [
      'cookie-key',
      'a key in a cookie is no key',
      { key: null, headers: { cookie: `${name}=${key}` } },
    ],
    ['foreign-key', 'a made-up key is refused', { key }],
  ]
  return cases.map(([id, title, { query = [], key, headers = {} }]) => ({
    id: `L2.${operation.operationId}.${id}`,
    layer: 'L2',
    title,
    needs: id === 'foreign-key' ? ['keys'] : [],
    origin: 'documented',
    async run(target) {
      const statuses = target.capabilities.has('stateful') ? [401, 403] : [401]
      const all = requiredQuery(operation, target).concat(query)
      const answer = await target.send({ ...operation, query: all, headers, key })
      expectConform(contract, target, operation, answer, statuses)
      return `refused with ${answer.status}`
    },
  }))
}

function dataChecks(contract: ContractDocument, operation: Operation): Check[] {
  const success = Number(successOf(operation)?.status)
  const refuse = (
    id: string,
    title: string,
    needs: Check['needs'],
    name: string,
    change: (query: [string, string][]) => [string, string][],
    value?: string,
  ): Check => ({
    id: `L2.${operation.operationId}.${id}`,
    layer: 'L2',
    title,
    needs,
    origin: 'inferred',
    async run(target) {
      const query = change(requiredQuery(operation, target))
      const answer = await target.send({ ...operation, query })
      const body = expectConform(contract, target, operation, answer, refusals(target, name, value))
      // A mock answers its first example, whichever parameter is wrong.
      if (answer.status === 400 && target.capabilities.has('stateful'))
        expectThat(
          typeof body === 'object' && body !== null && name in body,
          `${answer.asked}: the body of 400 does not name "${name}"`,
        )
      return answer.status === success
        ? 'not refused, and answered as documented'
        : `refused with ${answer.status}`
    },
  })
  return operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap((parameter) => {
      const { name, required, examples, schema } = parameter
      const verdict = contract.judge(schema)
      const refuses = (text: string): boolean => verdict(coerceQuery(parameter, text)) !== undefined
      const checks = wireTexts(parameter)
        .filter(refuses)
        .map((value) =>
          refuse(
            `${name}=${value}`,
            `${name} refuses "${value}"`,
            [],
            name,
            (query) => withQuery(query, { [name]: value }),
            value,
          ),
        )
      // Prism drops an empty value before it looks.
      if (refuses(''))
        checks.push(
          refuse(`${name}=`, `${name} refuses an empty value`, ['stateful'], name, (query) =>
            withQuery(query, { [name]: '' }),
          ),
        )
      if (required)
        checks.push(
          refuse(`no-${name}`, `a call without ${name} is refused`, [], name, (query) =>
            withQuery(query, { [name]: undefined }),
          ),
        )
      return checks.concat({
        ...refuse(
          `${name}-twice`,
          `${name} sent twice is refused, or read once`,
          [],
          name,
          (q) => q,
        ),
        async run(target) {
          const query = withQuery(requiredQuery(operation, target), { [name]: undefined })
          const value = name === 'agent_id' ? String(target.agentId) : String(examples[0])
          const twice = query.concat([
            [name, value],
            [name, value],
          ])
          const answer = await target.send({ ...operation, query: twice })
          const statuses = target.capabilities.has('stateful') ? [success, 400] : [400]
          expectConform(contract, target, operation, answer, statuses)
          return answer.status === 400 ? 'refused' : 'read once'
        },
      })
    })
}

const isRefusal = (status: number): boolean => status >= 400 && status < 500

function placeChecks(operation: Operation): Check[] {
  const refuse = (
    id: string,
    title: string,
    needs: Check['needs'],
    asked: Asked,
    isRight: (status: number) => boolean,
    wanted: string,
  ): Check => ({
    id: `L2.${operation.operationId}.${id}`,
    layer: 'L2',
    title,
    needs,
    origin: 'inferred',
    async run(target) {
      const query = requiredQuery(operation, target)
      const { status } = await target.send({ ...asked, query })
      expectThat(
        isRight(status),
        `${asked.method} ${asked.path}: the status is ${status}; wanted is ${wanted}`,
      )
      return `answered with ${status}`
    },
  })
  const methods = ['POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => method !== operation.method)
  return [
    ...methods.map((method) =>
      refuse(
        `method-${method}`,
        `${method} is refused`,
        ['writes'],
        { method, path: operation.path },
        isRefusal,
        '4xx',
      ),
    ),
    refuse(
      'unknown-path',
      'a path below the operation is not found',
      [],
      { method: operation.method, path: `${operation.path}there-is-no-such-thing/` },
      (status) => status === 404,
      '404',
    ),
    ...(operation.path.endsWith('/')
      ? [
          refuse(
            'no-slash',
            'the path without its slash is another one',
            [],
            { method: operation.method, path: operation.path.slice(0, -1) },
            (status) => status === 404 || (status >= 301 && status <= 308),
            'a redirect or 404',
          ),
        ]
      : []),
  ]
}
