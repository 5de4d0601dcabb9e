import { isRead, type Check } from '../check.ts'
import { expectConform, requiredQuery, withQuery } from '../conform.ts'
import { successOf, type ContractDocument } from '../contract-document.ts'
import { acceptedTexts } from '../query-values.ts'

/** L1: what the document allows is accepted, and the answer is what it promises. */
export function positiveChecks(contract: ContractDocument): Check[] {
  return contract.operations.flatMap((operation) => {
    const success = Number(successOf(operation)?.status)
    const check = (id: string, title: string, change: { [name: string]: string }): Check => ({
      id: `L1.${operation.operationId}.${id}`,
      layer: 'L1',
      title,
      needs: isRead(operation.method) ? [] : ['writes'],
      origin: 'documented',
      async run(target) {
        const query = withQuery(requiredQuery(operation, target), change)
        const answer = await target.send({ ...operation, query })
        expectConform(contract, target, operation, answer, [success])
      },
    })
    const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query')
    const all = (except: string[]): { [name: string]: string } =>
      Object.fromEntries(
        inQuery
          .filter(({ name, required }) => !required && !except.includes(name))
          .map(({ name, examples }) => [name, String(examples[0])]),
      )
    return [
      check('required', 'a call with what is required only is accepted', {}),
      check('all', 'a call with every parameter is accepted', all([])),
      ...inQuery
        // The agent is the target's own.
        .filter(({ name }) => name !== 'agent_id')
        .flatMap((parameter) =>
          acceptedTexts(parameter).map((value) =>
            check(`${parameter.name}=${value}`, `${parameter.name} accepts "${value}"`, {
              [parameter.name]: value,
            }),
          ),
        ),
    ]
  })
}
