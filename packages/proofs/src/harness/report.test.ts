import { expect, test } from 'vitest'
import { createReport, selectChecks } from './report.ts'

function createTestReport() {
  const lines: string[] = []
  const report = createReport((line) => lines.push(line.replace(/\d+(\.\d+)? s/, 'N s')))
  return { report, lines }
}

test('a table runs every check and reports those that throw', async () => {
  const { report, lines } = createTestReport()
  await report.table([
    { name: 'first', run: () => Promise.reject(new Error('expected 1, got 2')) },
    { name: 'second', run: async () => 'fine' },
  ])
  expect(report.finish()).toBe(false)
  expect(lines.map((line) => line.replace(/ {2,}/g, ' '))).toEqual([
    'FAIL first N s',
    ' expected 1, got 2',
    'ok second N s',
    ' fine',
    '\n1 of 2 passed in N s',
  ])
})

test('a step that fails throws, so that what depends on it does not run', async () => {
  const { report } = createTestReport()
  expect(await report.step('first', async () => 7)).toBe(7)
  await expect(report.step('second', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(report.hasFailed).toBe(true)
})

test('words select checks by name, and an unknown word is an error that lists the names', () => {
  const checks = ['Node 20', 'Node 22', 'Bun'].map((name) => ({ name }))
  const select = (...words: string[]): string[] =>
    selectChecks(checks, words).map(({ name }) => name)
  expect(select()).toEqual(['Node 20', 'Node 22', 'Bun'])
  expect(select('node 2', 'bun')).toEqual(['Node 20', 'Node 22', 'Bun'])
  expect(select('22')).toEqual(['Node 22'])
  expect(() => select('Deno')).toThrow('named like "Deno". Use one of: Node 20; Node 22; Bun')
})
