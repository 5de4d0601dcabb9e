import { defineCommand } from '../options/command.ts'
import { exportFlags } from './flags.ts'
import { planExport } from './plan.ts'

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Export all calls in a time range',
  description:
    'Export every call in a time range exactly once. Rerun the same command to resume; when it is finished, rerun it to add new and changed calls. Earlier calls stay.',
  examples: [
    'cekura-logs export --agent 2142 --from 30d -o calls.ndjson',
    'cekura-logs export --agent 2142 --from 30d -o calls.parquet',
  ],
  flags: exportFlags,
  async run(context, options) {
    const plan = planExport({ ...options, now: context.io.now() })
    const { runExportCommand } = await import('./run.ts')
    return runExportCommand(plan, options, context)
  },
})
