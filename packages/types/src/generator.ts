import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { listOperations, resolveRef, type SpecDocument } from '@cekura-kit/spec'
import generateTypes, { astToString } from 'openapi-typescript'
import { modelOperation, toTypeName } from './generator/operation-model.ts'
import { writeAliases } from './generator/write-aliases.ts'
import { writeDescriptors } from './generator/write-descriptors.ts'
import { writeOperations } from './generator/write-operations.ts'
import { banner, literal, quote } from './generator/write-source.ts'

const manifest = createRequire(import.meta.url)('openapi-typescript/package.json') as {
  version: string
}

/** Version of openapi-typescript that generates the schema types. */
export const generatorVersion: string = manifest.version

/** Fixed from the first release on: another value changes types without an edit of the document. */
export const generatorOptions = {
  // A property with a default is still optional in what the server sends.
  defaultNonNullable: false,
} satisfies Parameters<typeof generateTypes>[1]

export interface GeneratedFile {
  /** Relative to the package. */
  path: string
  text: string
}

/** TypeScript of a bundled document, as openapi-typescript writes it with our options. */
export async function generateSchema(document: SpecDocument): Promise<string> {
  const ast = await generateTypes(structuredClone(document) as never, {
    ...generatorOptions,
    silent: true,
  })
  return banner + astToString(ast)
}

/** SHA-256 in hex of a bundled document, the same for every consumer of the same bytes. */
export const digestSpec = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The values of each named enum, so that no code lists them by hand. */
function writeEnumValues(document: SpecDocument): string {
  const { schemas } = resolveRef(document, document['components'])
  return Object.entries(resolveRef(document, schemas))
    .map(([name, schema]) => ({ name, values: resolveRef(document, schema)['enum'] }))
    .filter(({ values }) => Array.isArray(values))
    .map(
      ({ name, values }) => `
/** Every value of \`${toTypeName(name)}\` that the document has. */
export const ${name.charAt(0).toLowerCase()}${toTypeName(name).slice(1)}Values = ${literal(values!)} as const
`,
    )
    .join('')
}

function writeConstants(document: SpecDocument, json: string): string {
  const { apiKey } = resolveRef(document, document['components'])['securitySchemes'] as {
    apiKey: { name: string }
  }
  const [server] = document['servers'] as { url: string }[]
  return `${banner}/** Request header that carries the API key. */
export const apiKeyHeader = ${quote(apiKey.name)}

/** Origin of the hosted API. */
export const defaultBaseUrl = ${quote(String(server?.url))}

/** SHA-256 of the \`openapi.json\` that these types were generated from, in hex. */
export const specDigest = ${quote(digestSpec(json))}
${writeEnumValues(document)}`
}

/**
 * Every generated file of this package for a bundled document.
 *
 * @throws {SpecError} when two types would get one name
 */
export async function generateFiles(document: SpecDocument): Promise<GeneratedFile[]> {
  const json = `${JSON.stringify(document, null, 2)}\n`
  const models = listOperations(document).map(modelOperation)
  return [
    { path: 'openapi.json', text: json },
    { path: 'src/schema.ts', text: await generateSchema(document) },
    { path: 'src/aliases.ts', text: writeAliases(document, models) },
    { path: 'src/operations.ts', text: writeOperations(models) },
    { path: 'src/descriptors.ts', text: writeDescriptors(models) },
    { path: 'src/constants.ts', text: writeConstants(document, json) },
  ]
}
