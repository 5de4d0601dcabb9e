import { formatNumber } from '@cekura-kit/call-format'
import type { Agent } from '@cekura-kit/types'
import type { Context } from '../context.ts'
import { UsageError } from '../errors/command-error.ts'
import { withFlag } from '../errors/suggestion.ts'
import { escapeControlCharacters } from '../terminal/escape-control-characters.ts'

const maxCandidates = 10

const describe = ({ id, name }: Agent): string => `${id} "${escapeControlCharacters(name)}"`

/**
 * The id of an agent with a unique name, whatever its case.
 *
 * @throws {UsageError} with the candidates of the API if no agent or several have the name
 */
export async function findAgent(name: string, context: Context): Promise<number> {
  const { agents } = await context.createClient()
  const { signal } = context.io
  const matching = await agents.list({ q: name }, { signal }).toArray({ limit: 1000 })
  const named = matching.filter((agent) => agent.name.toLowerCase() === name.toLowerCase())
  const [agent] = named
  if (agent && named.length === 1) return agent.id
  const quoted = `"${name.slice(0, 80)}"`
  const problem = agent
    ? `${formatNumber(named.length)} agents are named ${quoted}`
    : `No agent is named ${quoted}`
  const candidates = (agent ? named : matching).slice(0, maxCandidates).map(describe)
  if (candidates.length === 0) throw new UsageError(`${problem}.`, 'cekura-logs agents', 'agent')
  throw new UsageError(
    `${problem}. Pass one of these ids: ${candidates.join(', ')}.`,
    (args) => withFlag(args, '--agent', '<agent-id>'),
    'agent',
  )
}
