import { startMock } from '@cekura-kit/mock'
import { expect, test } from 'vitest'
import {
  createFolder,
  everyCall,
  idsOf,
  requestsOf,
  runExport,
  startExport,
} from './export.test-helper.ts'

const january = ['--from', '2025-01-01', '--to', '2025-02-01']

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s saves progress and prints the command that resumes', async (signal, exitCode) => {
  await using mock = await startMock({ mode: 'sandbox', rows: 1500 })
  using folder = createFolder()
  const args = [...january, '-o', folder.at('a')]
  const { child, ended } = startExport(mock.url, args)
  while (child.exitCode === null && (await requestsOf(mock)).length < 8);
  child.kill(signal)
  const { code, output } = await ended
  expect(output).toContain('To resume: cekura-logs export --agent 2142 --from')
  expect(code).toBe(exitCode)
  expect((await runExport(mock.url, args)).stderr).toContain('(resumed)')
  expect(idsOf(folder.at('a'))).toEqual((await everyCall(mock)).map(({ id }) => id))
})
