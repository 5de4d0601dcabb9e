import { typeTime } from '../settings/read-time.ts'
import { writeCommand } from '../write-command.ts'
import type { Manifest } from './manifest.ts'
import type { Shard } from './paths.ts'

type Facts = Pick<
  Manifest,
  'agent_id' | 'from' | 'to' | 'format' | 'partition' | 'pii' | 'gone_calls'
>

/** The command line that writes an export again, from what its manifest says. */
export function writeExportCommand(
  { agent_id: agent, from, to, format, partition, pii, gone_calls: gone }: Facts,
  path: string,
  { shard, restart = false }: { shard?: Shard | undefined; restart?: boolean } = {},
): string {
  const range = ['--from', typeTime(Date.parse(from)), '--to', typeTime(Date.parse(to))]
  return writeCommand([
    'export',
    '--agent',
    String(agent),
    ...range,
    '--format',
    format,
    ...(partition === 'day' ? ['--partition', 'day'] : []),
    ...(pii === 'keep' ? [] : ['--pii', pii]),
    ...(gone === 'drop' ? ['--gone', 'drop'] : []),
    ...(shard ? ['--shard', `${shard.index}/${shard.of}`] : []),
    ...(restart ? ['--restart'] : []),
    '-o',
    path,
  ])
}
