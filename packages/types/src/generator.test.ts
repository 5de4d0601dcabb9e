import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundleSpec, SpecError, type SpecDocument } from '@cekura-kit/spec'
import ts from 'typescript'
import { afterAll, expect, test } from 'vitest'
import { generateFiles } from './generator.ts'
import type { OperationDescriptor } from './operation-descriptor.ts'

const { document } = await bundleSpec()

type Loose = { [key: string]: Loose } & Loose[]
const copy = (): Loose => structuredClone(document) as unknown as Loose
const generate = (changed: unknown) => generateFiles(changed as SpecDocument)

const folder = mkdtempSync(fileURLToPath(new URL('../node_modules/.generated-', import.meta.url)))
afterAll(() => rmSync(folder, { recursive: true }))

/** Compiler errors of the generated files of a document, with a consumer next to them. */
async function compile(changed: unknown, consumer = ''): Promise<string[]> {
  const own = mkdtempSync(join(folder, 'files-'))
  const descriptor = fileURLToPath(new URL('operation-descriptor.ts', import.meta.url))
  const files = (await generate(changed)).filter(({ path }) => path.endsWith('.ts'))
  for (const { path, text } of files) writeFileSync(join(own, path.replace('src/', '')), text)
  writeFileSync(join(own, 'operation-descriptor.ts'), `export * from '${descriptor}'`)
  writeFileSync(join(own, 'consumer.ts'), `${consumer}\nexport {}`)
  const program = ts.createProgram(
    ['consumer', 'aliases', 'operations', 'descriptors', 'constants'].map((name) =>
      join(own, `${name}.ts`),
    ),
    {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      allowImportingTsExtensions: true,
      types: [],
    },
  )
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

/** Evaluates a generated file as a consumer that imports it does. */
async function descriptorsOf(changed: unknown): Promise<Record<string, OperationDescriptor>> {
  const text = (await generate(changed)).find(({ path }) => path === 'src/descriptors.ts')!.text
  const own = mkdtempSync(join(folder, 'descriptors-'))
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  })
  writeFileSync(join(own, 'descriptors.mjs'), outputText)
  const module: unknown = await import(pathToFileURL(join(own, 'descriptors.mjs')).href)
  return (module as { operationDescriptors: Record<string, OperationDescriptor> })
    .operationDescriptors
}

const operation = (more: object): object => ({
  operationId: 'things.get',
  summary: 'Get a thing',
  description: 'Returns a thing.',
  responses: {
    '200': {
      description: 'The thing.',
      content: { 'application/json': { schema: { type: 'object' } } },
    },
  },
  ...more,
})

const withOperation = (method: string, path: string, more: object): Loose => {
  const changed = copy()
  const paths = changed['paths'] as unknown as Record<string, object>
  paths[path] = { ...paths[path], [method]: operation(more) }
  return changed
}

test('the same document generates the same bytes', async () => {
  expect(await generate(copy())).toEqual(await generate(copy()))
})

test('a value added to an enum reaches the document and the schema types', async () => {
  const changed = copy()
  ;(changed['components']!['schemas']!['CallLogStatus']!['enum'] as unknown as string[]).push(
    'escalated',
  )
  const text = Object.fromEntries((await generate(changed)).map((file) => [file.path, file.text]))
  expect(text['openapi.json']).toContain('escalated')
  expect(text['src/schema.ts']).toContain('"escalated"')
})

test('the query alias stays an object type when every parameter is optional', async () => {
  const changed = copy()
  delete (changed['components']!['parameters']!['AgentId'] as Record<string, unknown>)['required']
  const consumer = `import type { CallLogsListQuery } from './aliases.ts'
    import type { CallLogsListInput } from './operations.ts'
    export const agentOf = (query: CallLogsListQuery): number | undefined => query.agent_id
    export const input: CallLogsListInput = {}`
  expect(await compile(changed, consumer)).toEqual([])
})

test.each([
  {
    name: 'path and header parameters',
    path: '/things/{id}/{part}/',
    method: 'get',
    more: {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
        { name: 'part', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'X-Trace', in: 'header', schema: { type: 'string', format: 'date-time' } },
      ],
    },
    descriptor: {
      method: 'GET',
      path: '/things/{id}/{part}/',
      parameters: {
        id: { in: 'path', type: 'integer', required: true },
        part: { in: 'path', type: 'string', required: true },
        'X-Trace': { in: 'header', type: 'string', format: 'date-time' },
      },
      returns: 'json',
    },
    consumer: `import type { ThingsGetInput } from './operations.ts'
      import type { ThingsGetPath } from './aliases.ts'
      export const input: ThingsGetInput = { id: 1, part: 'a', 'X-Trace': new Date() }
      export const path: ThingsGetPath = { id: 1, part: 'a' }`,
  },
  {
    name: 'a required body and an empty success',
    path: '/things/',
    method: 'put',
    more: {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { type: 'object', required: ['a'], properties: { a: { type: 'number' } } },
          },
        },
      },
      responses: { '204': { description: 'Done.' } },
    },
    descriptor: {
      method: 'PUT',
      path: '/things/',
      parameters: {},
      body: 'required',
      returns: 'nothing',
    },
    consumer: `import type { ThingsGetInput, ApiOperations } from './operations.ts'
      export const input: ThingsGetInput = { body: { a: 1 } }
      export const output: ApiOperations['things']['get']['output'] = undefined`,
  },
  {
    name: 'arrays with a style, several types, and an optional body in two forms',
    path: '/things/',
    method: 'post',
    more: {
      parameters: [
        {
          name: 'ids',
          in: 'query',
          style: 'pipeDelimited',
          explode: false,
          schema: { type: 'array', items: { type: 'integer' } },
        },
        { name: 'any', in: 'query', schema: { type: ['string', 'integer', 'null'] } },
        { name: 'size', in: 'query', schema: { type: ['integer', 'null'], minimum: 1 } },
      ],
      requestBody: {
        content: {
          'application/x-www-form-urlencoded': { schema: { type: 'object' } },
          'application/json; charset=utf-8': { schema: { type: 'array', items: {} } },
        },
      },
      responses: {
        '200': { description: 'Text.', content: { 'text/plain': { schema: { type: 'string' } } } },
        '204': { description: 'Nothing.' },
      },
    },
    descriptor: {
      method: 'POST',
      path: '/things/',
      parameters: {
        ids: { in: 'query', type: 'array', items: 'integer', style: 'pipeDelimited' },
        any: { in: 'query', nullable: true },
        size: { in: 'query', type: 'integer', nullable: true, minimum: 1 },
      },
      body: 'optional',
      returns: 'text',
      mayBeEmpty: true,
    },
    consumer: `import type { ThingsGetInput, ApiOperations } from './operations.ts'
      export const input: ThingsGetInput = { ids: [1], any: 'a', size: null, body: [1, 'a'] }
      export const output: ApiOperations['things']['get']['output'] = 'text'`,
  },
  {
    name: 'a body that only raw can send',
    path: '/things/',
    method: 'post',
    more: { requestBody: { content: { 'multipart/form-data': { schema: { type: 'object' } } } } },
    descriptor: {
      method: 'POST',
      path: '/things/',
      parameters: {},
      body: 'optional',
      returns: 'json',
      rawOnly: true,
    },
    consumer: '',
  },
])('describes and types an operation with $name', async (row) => {
  const changed = withOperation(row.method, row.path, row.more)
  expect((await descriptorsOf(changed))['things.get']).toEqual(row.descriptor)
  expect(await compile(changed, row.consumer)).toEqual([])
})

test.each([
  "[(globalThis.__generated = 1, 'a')]",
  "'}; globalThis.__generated = 1; //",
  '`${(globalThis.__generated = 1)}`',
  '__proto__',
])('writes the foreign names %j as data', async (name) => {
  const changed = withOperation('get', `/${name}/*/`, {
    operationId: name,
    summary: '*/ globalThis.__generated = 1 /*',
    parameters: [{ name, in: 'query', schema: { type: 'string' } }],
  })
  const descriptors = await descriptorsOf(changed)
  expect(Object.keys(descriptors)).toContain(name)
  expect(Object.keys(descriptors[name]!.parameters)).toEqual([name])
  expect(await compile(changed)).toEqual([])
  expect(Object.hasOwn(globalThis, '__generated')).toBe(false)
})

test('refuses two types of one name, and names both origins', async () => {
  const changed = copy()
  Object.assign(changed['components']!['schemas']!, { 'Call-Log': { type: 'string' } })
  await expect(generate(changed)).rejects.toThrow(SpecError)
  await expect(generate(changed)).rejects.toThrow(
    "Cannot generate the type CallLog: the schema 'CallLog' and the schema 'Call-Log' both need this name. Rename one of them.",
  )
})

test('page and page_size of a paginated operation count from 1', async () => {
  const { parameters } = (await descriptorsOf(copy()))['agents.list']!
  expect(parameters).toMatchObject({ page: { minimum: 1 }, page_size: { minimum: 1 } })
  expect(parameters['q']).not.toHaveProperty('minimum')
})
