import { expect, test } from 'vitest'
import { judgeReport } from './code-survivors.ts'

const source = 'const two = 1 + 1\nif (\n  two > 2\n) {\n  leave()\n}\n'
const sum = { start: { line: 1, column: 13 }, end: { line: 1, column: 18 } }
const block = { start: { line: 4, column: 3 }, end: { line: 6, column: 2 } }
const report = (...mutants: { status: string; replacement: string; location: typeof sum }[]) => ({
  files: { 'src/a.ts': { source, mutants } },
})
const difference = { code: 'const two = 1 + 1', becomes: 'const two = 1 - 1' }

test('a change that no test saw survives, whether a test ran its lines or not', () => {
  const judged = judgeReport(
    report(
      { status: 'Survived', replacement: '1 - 1', location: sum },
      { status: 'NoCoverage', replacement: '{}', location: block },
      { status: 'Killed', replacement: '1 * 1', location: sum },
      { status: 'Timeout', replacement: '1 / 1', location: sum },
    ),
    {},
  )
  expect(judged).toEqual({
    mutants: 4,
    killed: 2,
    timedOut: 1,
    harmless: 0,
    survivors: [
      { file: 'src/a.ts', ...difference },
      { file: 'src/a.ts', code: ') { leave() }', becomes: ') {}' },
    ],
    stale: [],
  })
})

test('an explained one is harmless, and an explanation of what is killed is stale', () => {
  const explained = { 'src/a.ts': [{ ...difference, why: 'because' }] }
  const survives = { status: 'Survived', replacement: '1 - 1', location: sum }
  expect(judgeReport(report(survives), explained)).toMatchObject({
    harmless: 1,
    survivors: [],
    stale: [],
  })
  expect(judgeReport(report({ ...survives, status: 'Killed' }), explained)).toMatchObject({
    harmless: 0,
    survivors: [],
    stale: [{ file: 'src/a.ts', ...difference }],
  })
})
