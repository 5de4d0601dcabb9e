import { defineCommand } from '../options/command.ts'
import { agent, json, showPii, tz } from '../options/flags.ts'

export const sendCommand = defineCommand({
  name: 'send',
  summary: 'Send a finished call for evaluation',
  description:
    'Send one finished call, a JSON file with call_id and a transcript or a recording, for evaluation, which costs credits. A call_id that was sent before is not sent again.',
  examples: [
    'cekura-logs send call.json --agent 2142',
    'cekura-logs send call.json --wait',
    'cekura-logs send - --agent 2142 < call.json',
  ],
  arguments: [{ name: '[path]', help: 'JSON file with the call, or - for stdin' }],
  flags: {
    agent: { ...agent, group: 'General', help: 'Agent of the call, unless the file names one' },
    wait: { flag: '--wait', help: 'Wait for the evaluation and show its results', group: 'Output' },
    json,
    showPii,
    tz,
  },
  async run(context, options, [path]) {
    const [{ planSend }, { runSend }] = await Promise.all([import('./plan.ts'), import('./run.ts')])
    const plan = await planSend(path, options.agent, context.io)
    await runSend(plan, options, context)
  },
})
