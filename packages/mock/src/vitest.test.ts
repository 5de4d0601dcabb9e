import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const setup = new URL('vitest.ts', import.meta.url).href
const vitest = new URL('../node_modules/vitest/vitest.mjs', import.meta.url).pathname
let folder: string
beforeAll(async () => {
  // Inside the package's modules, so that vitest is found.
  folder = await mkdtemp(new URL('../node_modules/vitest-', import.meta.url).pathname)
})
afterAll(() => rm(folder, { recursive: true }))

/** A run of vitest in a separate folder with one test. */
async function run(test: string, mockOptions: object) {
  await writeFile(
    join(folder, 'vitest.config.mjs'),
    `export default { test: { include: ['*.check.mjs'], globalSetup: [${JSON.stringify(setup)}], provide: { mockOptions: ${JSON.stringify(mockOptions)} } } }`,
  )
  await writeFile(
    join(folder, 'one.check.mjs'),
    `import { expect, inject, test } from 'vitest'
    const { url, controlUrl } = inject('mock')
    const page = () => fetch(url + '/observability/v1/call-logs/?agent_id=2142', { headers: { 'x-cekura-api-key': 'k', accept: 'application/json' } })
    const post = (path, body = {}) => fetch(controlUrl + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    test('one', async () => { ${test} })`,
  )
  return new Promise<{ code: number; output: string }>((resolve) => {
    const { VITEST: _, ...env } = process.env
    const child = execFile(
      process.execPath,
      [vitest, 'run', '--root', folder],
      { env },
      (_error, stdout, stderr) =>
        resolve({ code: child.exitCode!, output: stripVTControlCharacters(stdout + stderr) }),
    )
  })
}

const violate = `
  const { results } = await (await page()).json()
  expect(results).toHaveLength(3)
  await post('/update', { id: results[0].id, status: 'nope' })
  await page()`

test('a run whose tests pass fails with a violation, and prints its request', async () => {
  const { code, output } = await run(violate, { mode: 'proxied', rows: 3 })
  expect(output).toContain('1 passed')
  expect(output).toMatch(/Mock responses do not match the spec \(violations: 1\)/)
  expect(output).toMatch(
    /request 2: GET \/observability\/v1\/call-logs\/\?agent_id → 200: response\.body\.results\.0\.status: .*must be equal to one of/,
  )
  expect(code).toBe(1)
})

test('a violation that a test causes and resets does not fail the run', async () => {
  const { code, output } = await run(`${violate}\nawait post('/reset')`, {
    mode: 'proxied',
    rows: 3,
  })
  expect(output).toContain('1 passed')
  expect(code).toBe(0)
})

test('an invalid option fails the run with its message', async () => {
  const { code, output } = await run('', { mode: 'live' })
  expect(output).toContain('Invalid mode "live": expected one of')
  expect(code).toBe(1)
})
