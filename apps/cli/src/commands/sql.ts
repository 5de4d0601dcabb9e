import { Argument, Command } from '@commander-js/extra-typings'
import { chooseFormat, formatOption, jsonOption } from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import { describeCommand } from '../help-text.ts'

export const createSqlCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('sql'), {
    summary: 'ask an export with SQL',
    text: 'Asks an export with SQL (DuckDB). Its calls are the table calls, their metrics the table metrics, a row each.',
    examples: [
      'cekura-logs sql calls.parquet "SELECT topic, count(*) FROM calls GROUP BY 1"',
      'cekura-logs sql lake "SELECT name, avg(score) FROM metrics GROUP BY 1"',
      'cekura-logs sql calls.ndjson "SELECT * FROM calls WHERE NOT success LIMIT 3"',
    ],
  })
    .addArgument(
      new Argument('[path]', 'an export: NDJSON, CSV or Parquet, or the folder of one by day'),
    )
    .addArgument(new Argument('[query]', 'one query, in quotes'))
    .addOption(formatOption())
    .addOption(jsonOption())
    .action(async (path, query, options, command) => {
      const context = contextOf(command)
      const { planSql, runSql } = await import('../sql/run-sql.ts')
      const plan = planSql(path, query, chooseFormat(options.format, context.io.isTTY.stdout))
      await runSql(plan, context)
    })
