import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock } from '@cekura-kit/mock'
import { specFile } from '@cekura-kit/spec'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { expect, onTestFinished, test } from 'vitest'

const bin = join(import.meta.dirname, 'bin.ts')
const env = { CEKURA_API_KEY: 'secret-key', CEKURA_AGENT_ID: '2142' }

/** The executable, with no other environment. */
const run = (args: string[], variables: Record<string, string> = {}) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [bin, ...args], { env: variables }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

const url = 'https://example.com'

test.each<{ name: string; args: string[]; env?: Record<string, string>; message: string }>([
  {
    name: 'no target',
    args: [],
    message: 'Missing --target. Use mock, sandbox, proxied, live or a URL.',
  },
  {
    name: 'an unknown target',
    args: ['--target', 'prod'],
    message: 'Unknown target "prod". Use mock, sandbox, proxied, live or a URL.',
  },
  {
    name: 'an unknown option',
    args: ['--unknown', 'mock'],
    message: "Unknown option '--unknown'. Run cekura-contract --help.",
  },
  {
    name: 'an argument',
    args: ['mock'],
    message: "Unexpected argument 'mock'. Run cekura-contract --help.",
  },
  {
    name: 'live without a URL',
    args: ['--target', 'live'],
    message:
      'Missing CEKURA_API_URL. Set it to the URL of the service, such as https://api.cekura.ai.',
  },
  {
    name: 'a URL that cannot be parsed',
    args: ['--target', 'live'],
    env: { CEKURA_API_URL: 'nowhere' },
    message: 'Invalid CEKURA_API_URL "nowhere": expected a URL such as https://api.cekura.ai.',
  },
  {
    name: 'no key',
    args: ['--target', url],
    message: 'Missing CEKURA_API_KEY. Set it in the environment.',
  },
  {
    name: 'a key without encryption',
    args: ['--target', 'http://example.com'],
    env,
    message: 'Invalid URL "http://example.com": the key would be sent unencrypted. Use https.',
  },
  {
    name: 'no agent',
    args: [],
    env: { CONTRACT_TARGET: 'live', CEKURA_API_URL: url, CEKURA_API_KEY: 'secret-key' },
    message: 'Missing CEKURA_AGENT_ID: expected the id of an agent that the key may read.',
  },
  {
    name: 'an agent that is not a number',
    args: ['--target', url],
    env: { ...env, CEKURA_AGENT_ID: 'mine' },
    message: 'Invalid CEKURA_AGENT_ID "mine": expected the id of an agent that the key may read.',
  },
  {
    name: 'a document that does not exist',
    args: ['--target', 'mock', '--spec', '/nowhere/openapi.yaml'],
    message: '/nowhere/openapi.yaml',
  },
  {
    name: 'a report in a folder that does not exist',
    args: ['--target', 'mock', '--junit', '/nowhere/junit.xml'],
    message: 'Cannot write "/nowhere/junit.xml": ENOENT. Use a folder that exists.',
  },
  {
    name: 'a probe of the mock',
    args: ['--target', 'mock', '--probe'],
    message: 'Cannot probe "mock": it is built from the document. Use live or a URL.',
  },
])('$name is one message and exit code 2', async ({ args, env: variables, message }) => {
  const { code, stdout, stderr } = await run(args, variables)
  expect(stderr).toContain(message)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr + stdout).not.toContain('secret-key')
  expect(code).toBe(2)
})

test('a document with a problem is one message and exit code 2', async () => {
  const folder = await createFolder()
  const spec = join(folder, 'openapi.yaml')
  const text = await readFile(specFile, 'utf8')
  // The first parameter of a path that is not declared.
  await writeFile(
    spec,
    text
      .replace('/observability/v1/call-logs/:', '/call-logs/{id}/:')
      .replaceAll(/^.*\$ref: examples.*$/gm, '                  value: {}'),
  )
  const { code, stderr } = await run(['--target', 'mock', '--spec', spec])
  expect(stderr).toMatch(
    /^Cannot test ".*openapi\.yaml": .* at #\/.*, and \d+ more problems\. Run cekura-mock check\.\n$/,
  )
  expect(code).toBe(2)
})

test('--spec tests another document', async () => {
  const folder = await createFolder()
  const spec = join(folder, 'openapi.json')
  const document = {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'Other', version: '1' },
    servers: [{ url: 'https://api.cekura.ai' }],
    security: [{ apiKey: [] }],
    paths: {
      '/agents/{id}/notes/': {
        post: {
          operationId: 'agents.note',
          summary: 'Add a note',
          parameters: [
            {
              name: 'id',
              in: 'path',
              required: true,
              description: 'Id.',
              schema: { type: 'integer' },
              example: 7,
            },
          ],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['text'],
                  properties: { text: { type: 'string', minLength: 2 } },
                },
                examples: { note: { value: { text: 'hello' } } },
              },
            },
          },
          responses: {
            '201': {
              description: 'Added.',
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    required: ['id'],
                    properties: { id: { type: 'integer' } },
                  },
                  examples: { added: { value: { id: 1 } } },
                },
              },
            },
          },
        },
      },
    },
    components: {
      securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: apiKeyHeader } },
    },
  }
  await writeFile(spec, JSON.stringify(document))
  const { stdout, stderr, code } = await run(['--target', 'mock', '--spec', spec])
  expect(stdout + stderr).toMatch(/^mock: \d+ checks: \d+ passed, 0 failed/)
  expect(code).toBe(0)
})

test('a run that cannot start keeps the last report', async () => {
  const json = join(await createFolder(), 'report.json')
  await writeFile(json, 'the last run')
  expect((await run(['--target', 'prod', '--json', json])).code).toBe(2)
  expect(await readFile(json, 'utf8')).toBe('the last run')
})

test('console, JUnit and JSON report the same number of checks', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 60 })
  const folder = await createFolder()
  const [junit, json] = [join(folder, 'junit.xml'), join(folder, 'report.json')]
  const { code, stdout } = await run(['--target', mock.url, '--junit', junit, '--json', json], env)
  const [, total] = /^127.*: (\d+) checks: \d+ passed, 0 failed, /m.exec(stdout) ?? []
  expect(total, stdout).toBeDefined()
  expect(code).toBe(0)
  const xml = await readFile(junit, 'utf8')
  expect(xml).toContain(
    `<testsuite name="contract.${new URL(mock.url).host}" tests="${total}" failures="0"`,
  )
  expect(xml.match(/<testcase /g)).toHaveLength(Number(total))
  const text = await readFile(json, 'utf8')
  const { outcomes } = JSON.parse(text) as { outcomes: { group: string }[] }
  expect(outcomes).toHaveLength(Number(total))
  for (const { group } of outcomes) expect(xml).toContain(`.${group}" name="`)
  expect(xml + text + stdout).not.toContain('secret-key')
})

test('a service that breaks a documented rule is exit code 1', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 3 })
  const { path } = operationDescriptors['callLogs.list']
  const list = await fetch(`${mock.url}${path}?agent_id=2142`, { headers: { [apiKeyHeader]: 'k' } })
  const [call] = ((await list.json()) as { results: { id: number }[] }).results
  await fetch(`${mock.controlUrl}/update`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: call!.id, status: 'escalated' }),
  })
  const { code, stdout } = await run(['--target', mock.url], env)
  expect(stdout).toMatch(
    /^failed accepted\.callLogs\.list\.required, and \d+ more\n  GET .*status must be one of success, /m,
  )
  expect(code).toBe(1)
})

test('--probe prints undocumented behavior', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 30 })
  const { stdout, code } = await run(['--target', mock.url, '--probe'], env)
  expect(stdout).toContain('sort order: newest first\n')
  expect(stdout).not.toContain('secret-key')
  expect(code).toBe(0)
})
