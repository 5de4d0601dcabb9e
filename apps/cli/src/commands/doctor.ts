import { Command, Option } from '@commander-js/extra-typings'
import { agentOption, jsonOption } from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import { groups } from '../global-options.ts'
import { describeCommand } from '../help-text.ts'

export const createDoctorCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('doctor'), {
    summary: 'tell what is set, and whether the service answers',
    text: 'Tells every setting and who sets it, never the key, and asks the service for one call.',
    examples: [
      'cekura-logs doctor --agent 2142',
      'cekura-logs doctor --agent 2142 --json',
      'cekura-logs doctor --agent 2142 --api-url http://127.0.0.1:4010',
    ],
  })
    .addOption(agentOption())
    .optionsGroup(groups.output)
    .addOption(new Option('--format <format>', 'default a table').choices(['table', 'json']))
    .addOption(jsonOption())
    .action(async (options, command) => {
      const { runDoctor } = await import('../doctor/run-doctor.ts')
      await runDoctor(options.format === 'json' ? 'json' : 'table', contextOf(command))
    })
