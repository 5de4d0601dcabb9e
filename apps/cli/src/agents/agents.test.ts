import { expect, inject, test } from 'vitest'
import '@cekura-kit/mock/vitest'
import { capture, type CaptureOptions } from '../captured.test-helper.ts'
import { answer, serve } from '../serve.test-helper.ts'

const { url } = inject('mock')
const run = (args: string[], apiUrl = url, options: CaptureOptions = {}) =>
  capture(args, {
    ...options,
    env: { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: apiUrl, NO_COLOR: '1' },
  })

const agents = [
  { id: 2142, name: 'Front desk', description: 'You are Ada.', api_token: 'sk_live' },
  { id: 2143, name: 'front desk' },
  { id: 2150, name: 'Renewals', provider: { type: 'vapi', secret: 'sk_live' } },
]
const page = (results: object[]) =>
  answer(200, JSON.stringify({ count: results.length, next: null, previous: null, results }))

test('agents and metrics of the spec are tables in a terminal', async () => {
  const { code, stdout } = await run(['agents'], url, { isTTY: true, columns: 80 })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^ +ID +NAME +PROJECT/)
  const metrics = await run(['metrics', '--agent', '2142'], url, { isTTY: true, columns: 80 })
  expect(metrics.code).toBe(0)
  expect(metrics.stdout).toMatch(/^ +ID +NAME +EVAL TYPE/)
})

test.each(['table', 'json', 'ndjson', 'csv'])(
  'in %s, agents have no prompt and no property that the spec does not declare',
  async (format) => {
    await using service = await serve(page(agents))
    const { code, stdout } = await run(['agents', '--format', format], service.url)
    expect(code).toBe(0)
    expect(stdout).toContain('Renewals')
    expect(stdout).not.toMatch(/Ada|sk_live|vapi/)
    const args = ['agents', '--format', format, '--fields', 'description']
    expect((await run(args, service.url)).stdout).not.toMatch(/Ada/)
  },
)

test('--agent takes a unique name, whatever its case', async () => {
  const asked: string[] = []
  await using service = await serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://x')
    asked.push(`${pathname} ${searchParams.get('q') ?? searchParams.get('agent_id')}`)
    page(pathname.includes('aiagents') ? agents : [])(request, response)
  })
  expect((await run(['list', '--agent', 'renewals'], service.url)).code).toBe(0)
  expect(asked).toEqual([
    '/test_framework/v2/aiagents/ renewals',
    '/observability/v1/call-logs/ 2150',
  ])
})

test.each([
  {
    name: 'Front Desk',
    want: '2 agents are named "Front Desk". Pass one of these ids: 2142 "Front desk", 2143 "front desk".',
  },
  {
    name: 'Night shift',
    want: 'No agent is named "Night shift". Pass one of these ids: 2142 "Front desk", 2143 "front desk", 2150 "Renewals".',
  },
])('the name $name is an error with the candidates of the API', async ({ name, want }) => {
  await using service = await serve(page(agents))
  const { code, stdout, stderr } = await run(['list', '--agent', name], service.url)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toBe(`${want}\nFix: cekura-logs list --agent '<agent-id>'\n`.replaceAll("'", ''))
})

test.each(['1.5', '0', ' '])('%j is neither the id nor the name of an agent', async (agent) => {
  const { code, stderr } = await run(['list', '--agent', agent])
  expect(code).toBe(2)
  expect(stderr).toContain(`Invalid --agent "${agent}": expected the id of an agent, or its name.`)
})

test('without agents, an unknown name says so', async () => {
  await using service = await serve(page([]))
  const { stderr } = await run(['list', '--agent', 'Night shift'], service.url)
  expect(stderr).toBe('No agent is named "Night shift".\nFix: cekura-logs agents\n')
})
