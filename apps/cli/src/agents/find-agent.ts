import { formatNumber } from '@cekura-kit/call-format'
import type { Context } from '../context.ts'
import { UsageError } from '../errors/command-error.ts'
import { withFlag } from '../errors/suggestion.ts'
import { escapeControlCharacters } from '../terminal/escape-control-characters.ts'

interface Agent {
  id: number
  name: string
}

const maxCandidates = 10

/**
 * The id of an agent with a unique name, whatever its case.
 *
 * @throws {UsageError} with the candidates of the API if no agent or several have the name
 */
export async function findAgent(name: string, context: Context): Promise<number> {
  const { agents } = await context.createClient()
  const { signal } = context.io
  const isNamed = (agent: Agent): boolean => agent.name.toLowerCase() === name.toLowerCase()
  const matching: Agent[] = await agents.list({ q: name }, { signal }).toArray({ limit: 1000 })
  const [agent, ...others] = matching.filter(isNamed)
  if (agent && others.length === 0) return agent.id
  const candidates = agent ? [agent, ...others] : matching
  const shown = candidates
    .slice(0, maxCandidates)
    .map((each) => `${each.id} "${escapeControlCharacters(each.name)}"`)
  const quoted = `"${name.slice(0, 80)}"`
  const problem = agent
    ? `${formatNumber(candidates.length)} agents are named ${quoted}`
    : `No agent is named ${quoted}`
  throw new UsageError(
    `${problem}.${shown.length > 0 ? ` Pass one of these ids: ${shown.join(', ')}.` : ''}`,
    shown.length > 0 ? (args) => withFlag(args, '--agent', '<agent-id>') : 'cekura-logs agents',
    'agent',
  )
}
