import { assistants, metrics } from '../../data/catalog.ts'
import { createQueryReader } from '../read-query.ts'
import type { Handler } from './handler.ts'

/** The metrics that a request selects. With an agent and a project, those of both. */
export const listMetrics: Handler = ({ request, rules, settings }) => {
  const reader = createQueryReader(request.query, { assumptions: settings.assumptions, rules })
  const [agent, project] = [reader.integer('agent_id'), reader.integer('project_id')]
  const assistant = reader.text('assistant_id')
  const slug = reader.text('slug')
  const agents = reader.text('agents')?.split(',').map(Number)
  reader.finish()
  const owners = [agent, project].filter((id) => id !== undefined)
  const found = metrics.filter(
    (metric) =>
      (owners.length === 0 ||
        (agent !== undefined && metric.agents?.includes(agent)) ||
        (project !== undefined && metric.project === project)) &&
      (assistant === undefined || assistants.some((id) => id === assistant)) &&
      (slug === undefined || metric.slug === slug) &&
      (agents === undefined || agents.some((id) => metric.agents?.includes(id))),
  )
  return { status: 200, body: found }
}
