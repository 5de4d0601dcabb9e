// oxlint-disable-next-line typescript/triple-slash-reference -- ambient declarations have no other way in
/// <reference path="./generator-parts.d.ts" />
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { listOperations, resolveRef, type SpecDocument } from '@cekura-kit/spec'
import type { GlobalContext, OpenAPI3, OpenAPITSOptions } from 'openapi-typescript'
import { astToString } from 'openapi-typescript/dist/lib/ts.mjs'
import {
  resolveRef as resolveInSchema,
  scanDiscriminators,
} from 'openapi-typescript/dist/lib/utils.mjs'
import transformSchema from 'openapi-typescript/dist/transform/index.mjs'

const manifest = createRequire(import.meta.url)('openapi-typescript/package.json') as {
  version: string
}

/** Version of openapi-typescript that generates. */
export const generatorVersion: string = manifest.version

/** Fixed from the first release on: another value changes types that nobody edited. */
export const generatorOptions = {
  // A property with a default is still optional in what the server sends.
  defaultNonNullable: false,
} satisfies OpenAPITSOptions

const banner = '// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.\n\n'

export interface GeneratedFile {
  /** Relative to the package. */
  path: string
  text: string
}

/** TypeScript of a bundled document, as openapi-typescript writes it with our options. */
export async function generateSchema(document: SpecDocument): Promise<string> {
  // Loaded when it is needed: it brings a linter, which takes longer to load than to generate.
  const { default: openapiTS } = await import('openapi-typescript')
  const ast = await openapiTS(structuredClone(document) as never, {
    ...generatorOptions,
    silent: true,
  })
  return banner + astToString(ast)
}

/** What openapi-typescript assumes where no option says otherwise. */
const assumed = {
  additionalProperties: false,
  alphabetize: false,
  arrayLength: false,
  conditionalEnums: false,
  dedupeEnums: false,
  emptyObjectsUnknown: false,
  enum: false,
  enumValues: false,
  excludeDeprecated: false,
  exportType: false,
  generatePathParams: false,
  immutable: false,
  makePathsEnum: false,
  pathParamsAsTypes: false,
  propertiesRequiredByDefault: false,
  readWriteMarkers: false,
  rootTypes: false,
  rootTypesKeepCasing: false,
  rootTypesNoSchemaPrefix: false,
  silent: true,
} satisfies Partial<GlobalContext>

/**
 * The same bytes as {@link generateSchema} without its lint of the document, which takes longer
 * than everything else together when the document is large.
 */
export function generateUnchecked(document: SpecDocument): string {
  const schema = structuredClone(document) as unknown as OpenAPI3
  const ast = transformSchema(schema, {
    ...assumed,
    ...generatorOptions,
    discriminators: scanDiscriminators(schema, generatorOptions),
    injectFooter: [],
    resolve: (ref) => resolveInSchema(schema, ref, { silent: true }),
  } as Partial<GlobalContext> as GlobalContext)
  return banner + astToString(ast)
}

/** SHA-256 in hex of a bundled document, the same for every consumer of the same bytes. */
export const digestSpec = (text: string): string => createHash('sha256').update(text).digest('hex')

function generateConstants(document: SpecDocument, json: string): string {
  const paths = listOperations(document).map(
    ({ operationId, path }) => `  ${operationId}: ${JSON.stringify(path)},`,
  )
  const { apiKey } = resolveRef(document, document['components'])['securitySchemes'] as {
    apiKey: { name: string }
  }
  const [server] = document['servers'] as { url: string }[]
  return `${banner}import type { operations, paths } from './schema.ts'

/** Path template of each operation, by \`operationId\`. */
export const operationPaths = {
${paths.join('\n')}
} as const satisfies Record<keyof operations, keyof paths>

/** Request header that carries the API key. */
export const apiKeyHeader = ${JSON.stringify(apiKey.name)}

/** Origin of the hosted service. */
export const defaultBaseUrl = ${JSON.stringify(server?.url)}

/** SHA-256 of the \`openapi.json\` these types were generated from, in hex. */
export const specDigest = ${JSON.stringify(digestSpec(json))}
`
}

/** Every generated file of this package for a bundled document. */
export async function generateFiles(document: SpecDocument): Promise<GeneratedFile[]> {
  const json = `${JSON.stringify(document, null, 2)}\n`
  return [
    { path: 'openapi.json', text: json },
    { path: 'src/schema.ts', text: await generateSchema(document) },
    { path: 'src/constants.ts', text: generateConstants(document, json) },
  ]
}
