import { Command, Option } from '@commander-js/extra-typings'
import { CommandError, exitCodes, UsageError } from '../command-error.ts'
import { agentOption, requireAgent } from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import { groups } from '../global-options.ts'
import { plural } from '../terminal/plural.ts'
import { describeCommand } from '../help-text.ts'
import { writeCommand } from '../write-command.ts'

export const createMergeCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('merge'), {
    summary: 'check the shards of an export and write its one manifest',
    text: 'Checks that the shards of an export hold the whole range, each instant once, and that their files are what was written; then writes the one manifest. Needs no key and asks nobody.',
    examples: [
      'cekura-logs merge --agent 2142 -o lake',
      'cekura-logs merge --agent 2142 -o lake && cekura-logs stats lake',
      'CEKURA_AGENT_ID=2142 cekura-logs merge -o /mnt/bucket/calls',
    ],
  })
    .addOption(agentOption())
    .optionsGroup(groups.output)
    .addOption(new Option('-o, --output <path>', 'the folder that the shards were written to'))
    .action(async ({ agent, output }, command) => {
      const { err, finish } = contextOf(command)
      if (output === undefined)
        throw new UsageError(
          'Cannot merge: --output is missing; it says which folder the shards were written to',
          ['--output', 'lake'],
        )
      const agentId = requireAgent('merge', agent)
      // Not at the top: it brings SQLite, Parquet and the client, and help should not wait for them.
      const { mergeShards } = await import('../export/merge-shards.ts')
      const { DiskError } = await import('../export/write-files.ts')
      const summary = await mergeShards(output, agentId).catch((error: unknown) => {
        if (!(error instanceof DiskError)) throw error
        throw new CommandError(`Cannot write ${error.path}: ${error.message}`, {
          code: 'disk',
          exitCode: exitCodes.resumable,
          fix: (args) => `${writeCommand(args)}  # once it can be written to`,
        })
      })
      const { shards, calls, files, unstable, quarantined, manifest } = summary
      err.note(
        `${plural(shards, 'shard')}, ${plural(calls, 'call')}, ${plural(files, 'file')}: ${manifest}`,
      )
      if (unstable === 0 && quarantined === 0) return
      err.warn(
        `${plural(unstable, 'unstable window')}, ${plural(quarantined, 'row')} in quarantine.`,
      )
      finish(exitCodes.unstable)
    })
