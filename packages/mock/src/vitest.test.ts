import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const setup = new URL('vitest.ts', import.meta.url).href
const vitest = new URL('../node_modules/vitest/vitest.mjs', import.meta.url).pathname
let folder: string
beforeAll(async () => {
  // Beside the package's own modules, so that vitest is found.
  folder = await mkdtemp(new URL('../node_modules/vitest-', import.meta.url).pathname)
})
afterAll(() => rm(folder, { recursive: true }))

/** A run of vitest in a repository of its own with one test. */
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
    const post = (path, body) => fetch(controlUrl + path, { method: 'POST', body: JSON.stringify(body) })
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

const spoil = `
  const { results } = await (await page()).json()
  expect(results).toHaveLength(3)
  await post('/update', { id: results[0].id, status: 'nope' })
  await page()`

test('a run whose tests pass fails when Prism found a violation, and prints it', async () => {
  const { code, output } = await run(spoil, { mode: 'proxied', rows: 3 })
  expect(output).toContain('1 passed')
  expect(output).toMatch(/Prism found 1 violations of the document/)
  expect(output).toMatch(/response\.body\.results\.0\.status: .*must be equal to one of/)
  expect(code).toBe(1)
})

test('a violation that a test expects, and resets, fails nothing', async () => {
  const { code, output } = await run(`${spoil}\nawait post('/reset')`, { mode: 'proxied', rows: 3 })
  expect(output).toContain('1 passed')
  expect(code).toBe(0)
})

test('options that are wrong fail the run with their sentence', async () => {
  const { code, output } = await run('', { mode: 'live' })
  expect(output).toContain('there is no mode "live"; give one of')
  expect(code).toBe(1)
})
