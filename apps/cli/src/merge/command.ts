import { CommandError, exitCodes, UsageError } from '../errors/command-error.ts'
import { writeCommand } from '../errors/suggestion.ts'
import { defineCommand } from '../options/command.ts'
import { flag } from '../options/flag.ts'
import { agent, requireAgent } from '../options/flags.ts'
import { plural } from '../terminal/format-number.ts'

export const mergeCommand = defineCommand({
  name: 'merge',
  summary: "Verify an export's shards and merge their manifests",
  description:
    'Verify that the shards of an export cover the whole range once and that their files are unchanged, then write one manifest. Works offline; no API key required.',
  examples: [
    'cekura-logs merge --agent 2142 -o lake',
    'cekura-logs merge --agent 2142 -o lake && cekura-logs stats lake',
    'CEKURA_AGENT_ID=2142 cekura-logs merge -o /mnt/bucket/calls',
  ],
  flags: {
    agent,
    output: flag<string>({
      flag: '-o, --output <path>',
      help: 'Folder that the shards were exported to',
      group: 'Output',
    }),
  },
  async run({ err, finish }, { agent: id, output }) {
    if (output === undefined)
      throw new UsageError('Missing --output: the folder of the shards.', ['--output', '<path>'])
    const agentId = requireAgent(id)
    // Not at the top: help does not need SQLite, Parquet and the client.
    const { mergeShards } = await import('./run.ts')
    const { DiskError } = await import('../export/write/write-files.ts')
    const summary = await mergeShards(output, agentId).catch((error: unknown) => {
      if (!(error instanceof DiskError)) throw error
      throw new CommandError(`Cannot write ${error.path}: ${error.message}.`, {
        code: 'disk',
        exitCode: exitCodes.resumable,
        suggestion: (args) => `${writeCommand(args)}  # when it is writable`,
      })
    })
    const { shards, calls, files, unstable, quarantined, manifest } = summary
    err.note(
      `${plural(shards, 'shard')}, ${plural(calls, 'call')}, ${plural(files, 'file')}: ${manifest}`,
    )
    if (unstable === 0 && quarantined === 0) return
    err.warn(`${plural(unstable, 'unstable window')}, ${plural(quarantined, 'row')} in quarantine.`)
    finish(exitCodes.unstable)
  },
})
