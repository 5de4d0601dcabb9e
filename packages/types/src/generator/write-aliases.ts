import { SpecError, type Json, type SpecDocument } from '@cekura-kit/spec'
import { toTypeName, type OperationModel, type SuccessModel } from './operation-model.ts'
import { banner, comment, quote } from './write-source.ts'

interface Alias {
  name: string
  source: string
  docs: (string | undefined)[]
  /** Where the name comes from, for the message about two of a kind. */
  from: string
}

/** The type of one successful response. */
function responseType(id: string, { status, mediaType }: SuccessModel): string {
  if (mediaType === undefined) return 'undefined'
  const key = /^\d+$/.test(status) ? status : quote(status)
  return `operations[${quote(id)}]['responses'][${key}]['content'][${quote(mediaType)}]`
}

function aliasesOfOperation(model: OperationModel): Alias[] {
  const { id, typeName, operation, successes, bodyMediaType } = model
  const places = new Set(operation.parameters.map((parameter) => parameter.in))
  const operationType = `operations[${quote(id)}]`
  const alias = (suffix: string, source: string, what: string): Alias => ({
    name: `${typeName}${suffix}`,
    source,
    docs: [`${what} of \`${id}\` (${operation.method} \`${operation.path}\`).`],
    from: `the operation ${quote(id)}`,
  })
  const responses = [...new Set(successes.map((success) => responseType(id, success)))]
  return [
    ...(places.has('query')
      ? [alias('Query', `NonNullable<${operationType}['parameters']['query']>`, 'Query parameters')]
      : []),
    ...(places.has('path')
      ? [alias('Path', `${operationType}['parameters']['path']`, 'Path parameters')]
      : []),
    ...(bodyMediaType === undefined
      ? []
      : [
          alias(
            'Body',
            `NonNullable<${operationType}['requestBody']>['content'][${quote(bodyMediaType)}]`,
            'Request body',
          ),
        ]),
    alias('Response', responses.join(' | ') || 'undefined', 'Successful response'),
  ]
}

function aliasesOfComponents(document: SpecDocument): Alias[] {
  const { schemas = {} } = (document['components'] ?? {}) as {
    schemas?: { [name: string]: { [key: string]: Json } }
  }
  return Object.entries(schemas).map(([name, schema]) => ({
    name: toTypeName(name),
    source: `components['schemas'][${quote(name)}]`,
    docs: [typeof schema['description'] === 'string' ? schema['description'] : undefined],
    from: `the schema ${quote(name)}`,
  }))
}

/**
 * TypeScript of the named aliases: one for each schema, and for each operation's query, path, body
 * and response.
 *
 * @throws {SpecError} when two of them would get one name
 */
export function writeAliases(document: SpecDocument, models: OperationModel[]): string {
  const aliases = [...aliasesOfComponents(document), ...models.flatMap(aliasesOfOperation)]
  const byName = new Map<string, Alias>()
  for (const alias of aliases) {
    const other = byName.get(alias.name)
    if (other)
      throw new SpecError(
        `Cannot generate the type ${alias.name}: ${other.from} and ${alias.from} both need this name. Rename one of them.`,
      )
    byName.set(alias.name, alias)
  }
  const used = ['components', 'operations'].filter((name) =>
    aliases.some(({ source }) => source.includes(`${name}[`)),
  )
  const imports = used.length > 0 ? `import type { ${used.join(', ')} } from './schema.ts'\n\n` : ''
  return (
    banner +
    imports +
    aliases
      .map(({ name, source, docs }) => `${comment(docs)}export type ${name} = ${source}\n`)
      .join('\n')
  )
}
