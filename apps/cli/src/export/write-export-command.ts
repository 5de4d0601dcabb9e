import { typeTime } from '../config/time.ts'
import { writeCommand } from '../errors/suggestion.ts'
import type { Manifest } from './write/manifest.ts'
import type { Shard } from './write/paths.ts'

type Facts = Pick<
  Manifest,
  'agent_id' | 'from' | 'to' | 'format' | 'partition' | 'pii' | 'deleted_calls'
>

/** The command line that writes an export again, from its manifest. */
export function writeExportCommand(
  { agent_id: agent, from, to, format, partition, pii, deleted_calls: deleted }: Facts,
  path: string,
  shard?: Shard,
): string {
  const range = ['--from', typeTime(Date.parse(from)), '--to', typeTime(Date.parse(to))]
  const optional = [
    partition === 'day' ? ['--partition', 'day'] : [],
    pii === 'mask' ? [] : ['--pii', pii],
    deleted === 'drop' ? ['--deleted', 'drop'] : [],
    shard ? ['--shard', `${shard.index}/${shard.of}`] : [],
  ].flat()
  const base = ['export', '--agent', String(agent)]
  return writeCommand(base.concat(range, ['--format', format], optional, ['-o', path]))
}
