import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { judge } from './change.ts'
import { createContract } from './diff-specs.ts'
import { diffTypes } from './diff-types.ts'
import { judgedPairs } from './judged-pairs.ts'
import { runProbes } from './run-probes.ts'
import { writeProbes } from './write-probes.ts'

const sets = await Promise.all(
  judgedPairs.map(async ({ name, before, after }) => ({
    name,
    before: (await createContract(before)).schema,
    after: (await createContract(after)).schema,
  })),
)

test('consumer code of a version compiles against that version', async () => {
  const failures = await runProbes(sets.map(({ before }) => ({ before, after: before })))
  expect(failures.flat()).toEqual([])
})

test('walk and probes agree on what is a major, on every judged pair', async () => {
  const failures = await runProbes(sets)
  const disagreements = sets.flatMap(({ name, before, after }, i) => {
    const majors = judge(diffTypes(before, after)).filter(({ bump }) => bump === 'major')
    const broken = failures[i]!.filter(({ strict }) => !strict)
    return majors.length > 0 === broken.length > 0 ? [] : [{ name, majors, broken }]
  })
  expect(disagreements).toEqual([])
  expect(failures.filter((failed) => failed.length > 0).length).toBeGreaterThan(15)
})

test('our own operation is probed in every call, field, literal and name', () => {
  const schema = readFileSync(new URL('../../types/src/schema.ts', import.meta.url), 'utf8')
  const labels = writeProbes(schema).map(({ label }) => label.replace(/ \/\S+/, ''))
  expect(labels).toEqual(
    expect.arrayContaining([
      'full call GET',
      'smallest call GET',
      'query parameters GET',
      'data GET',
      'error GET',
      'read 200 GET',
      'fixture 200 GET',
      'assign 200 GET',
      'status 500 GET',
      'header Retry-After 429 GET',
      'name operations.callLogs.list',
      'name components.schemas.CallLogStatus',
    ]),
  )
})
