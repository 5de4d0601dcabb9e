import { readFileSync } from 'node:fs'
import { startMock } from '@cekura-kit/mock'
import { DuckDBConnection } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { createFolder, runExport } from '../export.test-helper.ts'

const guide = readFileSync(new URL('../../../../../docs/parquet.md', import.meta.url), 'utf8')
const section = guide.split('## DuckDB')[1]!.split('\n## ')[0]!
const statements = [...section.matchAll(/```sql\n([^`]+)```/g)].map(([, sql]) => sql!)

test('the DuckDB statements of the guide run on an export', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 300 })
  using folder = createFolder()
  const args = ['--from', '2025-01-01', '--to', '2025-02-01', '-o', folder.at('calls.parquet')]
  await runExport(mock.url, args)
  const connection = await DuckDBConnection.create()
  expect(statements.length).toBeGreaterThan(2)
  for (const sql of statements) {
    const result = await connection.runAndReadAll(
      sql.replaceAll("'calls.", `'${folder.at('calls.')}`),
    )
    expect(result.getRowsJson().length).toBeGreaterThan(0)
  }
  connection.closeSync()
})
