import { expectThat, type Check } from '../check.ts'
import { requiredQuery } from '../conform.ts'
import { readContract, type ContractDocument } from '../contract-document.ts'
import { coerceQuery, queryTexts } from '../query-values.ts'
import { createRequestJudge } from '../request-judge.ts'

/**
 * L2b: the served document's parameters, judged directly. Over HTTP Prism drops empty values and
 * unknown names before it looks, so no request can tell.
 */
export function parameterChecks(contract: ContractDocument): Check[] {
  const base = { layer: 'L2b', needs: ['document'], origin: 'documented' } as const
  return contract.operations.flatMap((operation) => [
    ...operation.parameters.map((parameter): Check => {
      const texts = queryTexts(parameter)
      const verdict = contract.judge(parameter.schema)
      return {
        ...base,
        id: `L2b.${operation.operationId}.${parameter.name}`,
        title: `${parameter.name} takes and refuses what its schema says`,
        async run({ document }) {
          const { operations, judge: judgeOf } = readContract(document!)
          const served = operations.find(({ operationId }) => operationId === operation.operationId)
          const own = served?.parameters.find(
            ({ name, in: place }) => name === parameter.name && place === parameter.in,
          )
          expectThat(own, `there is no ${parameter.in} parameter "${parameter.name}"`)
          expectThat(
            own.required === parameter.required,
            `${parameter.name} is ${own.required ? '' : 'not '}required`,
          )
          const judge = judgeOf(own.schema)
          // No text is null, and a served schema that allows it says something else all the same.
          expectThat(
            (verdict(null) === undefined) === (judge(null) === undefined),
            `${parameter.name} may be null on one side only`,
          )
          let refused = 0
          for (const text of texts) {
            const [wanted, found] = [
              verdict(coerceQuery(parameter, text)),
              judge(coerceQuery(own, text)),
            ].map((fault) => fault === undefined)
            expectThat(
              wanted === found,
              `${parameter.name}="${text.slice(0, 40)}" is ${found ? 'taken' : 'refused'}`,
            )
            if (!wanted) refused++
          }
          return `${texts.length - refused} taken, ${refused} refused`
        },
      }
    }),
    {
      ...base,
      id: `L2b.${operation.operationId}.query`,
      title: 'a name nobody knows, sent twice or missing is refused',
      async run(target) {
        const judge = createRequestJudge(target.document!)
        const { operations } = readContract(target.document!)
        const served = operations.find(({ operationId }) => operationId === operation.operationId)
        const known = new Set(operation.parameters.map(({ name }) => name))
        const unknown = served?.parameters.find(({ name }) => !known.has(name))
        expectThat(!unknown, `there is a parameter "${unknown?.name}" that the document lacks`)
        const faults = (query: [string, string][]): string[] =>
          judge(operation.operationId, new URLSearchParams(query))
        const every = operation.parameters
          .filter((parameter) => parameter.in === 'query')
          .map(({ name, examples }): [string, string] => [name, String(examples[0])])
        const found = faults(every)
        expectThat(found.length === 0, `every parameter at once is refused: ${found.join('; ')}`)
        const names = every.map(([name]) => name)
        for (const name of names) {
          const misspelt = every.map(([own, value]): [string, string] => [
            own === name ? `${own}s` : own,
            value,
          ])
          expectThat(faults(misspelt).length > 0, `${name}s, a name nobody knows, is taken`)
          const twice = [...every, every.find(([own]) => own === name)!]
          expectThat(faults(twice).length > 0, `${name} is taken twice`)
        }
        for (const [name] of requiredQuery(operation, target))
          expectThat(
            faults(every.filter(([own]) => own !== name)).length > 0,
            `a query without ${name} is taken`,
          )
        return `${names.length} names`
      },
    },
  ])
}
