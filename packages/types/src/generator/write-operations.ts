import type { Parameter } from '@cekura-kit/spec'
import type { ParameterDescriptor } from '../operation-descriptor.ts'
import type { OperationModel } from './operation-model.ts'
import { banner, comment, propertyName, quote } from './write-source.ts'

const plainTypes = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean' }

/** The TypeScript type that a method takes for a parameter. */
function inputType(id: string, parameter: Parameter, descriptor: ParameterDescriptor): string {
  const { type, format, commaSeparated, nullable, required } = descriptor
  const place = `operations[${quote(id)}]['parameters'][${quote(parameter.in)}]`
  const isPlain =
    type !== undefined &&
    type in plainTypes &&
    !('enum' in parameter.schema || 'const' in parameter.schema)
  const item = commaSeparated === 'integer' ? 'number' : 'string'
  return [
    isPlain
      ? plainTypes[type as keyof typeof plainTypes]
      : `NonNullable<NonNullable<${place}>[${quote(parameter.name)}]>`,
    ...(commaSeparated ? [`readonly ${item}[]`] : []),
    ...(format === 'date-time' ? ['Date'] : []),
    ...(nullable ? ['null'] : []),
    ...(required ? [] : ['undefined']),
  ].join(' | ')
}

/** What a method takes: its parameters by name, and the body. */
function writeInput({ id, typeName, operation, descriptor }: OperationModel): string {
  const parameters = operation.parameters.filter(({ name }) =>
    Object.hasOwn(descriptor.parameters, name),
  )
  const properties = parameters.map((parameter) => {
    const described = descriptor.parameters[parameter.name]!
    return (
      comment([parameter.description], '  ') +
      `  ${propertyName(parameter.name)}${described.required ? '' : '?'}: ${inputType(id, parameter, described)}\n`
    )
  })
  const body =
    descriptor.body === 'required'
      ? `  body: ${typeName}Body\n`
      : descriptor.body === 'optional'
        ? `  body?: ${typeName}Body | undefined\n`
        : ''
  return (
    comment([
      `Input of \`${id}\`: ${descriptor.body ? 'parameters by name, and the request body' : 'parameters by name'}.`,
    ]) +
    `export interface ${typeName}Input {\n${properties.join('')}${body && comment(['The JSON request body.'], '  ') + body}}\n`
  )
}

/** Members of the client, nested by the dots of the operationIds. */
type Tree = Map<string, Tree | OperationModel>

function growTree(models: OperationModel[]): Tree {
  const root: Tree = new Map()
  for (const model of models) {
    const path = model.id.split('.')
    const last = path.pop()!
    let tree = root
    for (const name of path) {
      if (!tree.has(name)) tree.set(name, new Map())
      tree = tree.get(name) as Tree
    }
    tree.set(last, model)
  }
  return root
}

function writeTree(tree: Tree, indent: string): string {
  return [...tree]
    .map(([name, node]) => {
      if (node instanceof Map)
        return `${indent}${propertyName(name)}: {\n${writeTree(node, `${indent}  `)}${indent}}\n`
      const { operation, typeName, descriptor } = node
      const item = descriptor.paginated ? `; item: ${typeName}Response['results'][number]` : ''
      return (
        comment(
          [
            operation.summary,
            operation.description,
            operation.deprecated ? '@deprecated by the API' : undefined,
            `@see ${operation.method} ${operation.path}`,
          ],
          indent,
        ) +
        `${indent}${propertyName(name)}: { input: ${typeName}Input; output: ${typeName}Response${item} }\n`
      )
    })
    .join('')
}

/** TypeScript of each operation's input, and of one documented interface of all operations. */
export function writeOperations(models: OperationModel[]): string {
  const methods = models.filter(({ descriptor }) => !descriptor.rawOnly)
  const inputs = methods.map(writeInput).join('\n')
  const aliases = methods.flatMap(({ typeName, descriptor }) => [
    ...(descriptor.body ? [`${typeName}Body`] : []),
    `${typeName}Response`,
  ])
  const schemaImport = inputs.includes('operations[')
    ? "import type { operations } from './schema.ts'\n"
    : ''
  return (
    banner +
    (aliases.length > 0
      ? `import type {\n${aliases.map((name) => `  ${name},\n`).join('')}} from './aliases.ts'\n`
      : '') +
    `${schemaImport}\n${inputs}\n` +
    comment([
      'Every operation that a client method can call, by operationId: its input, its output, and the item of a paginated list.',
    ]) +
    `export interface ApiOperations {\n${writeTree(growTree(methods), '  ')}}\n`
  )
}
