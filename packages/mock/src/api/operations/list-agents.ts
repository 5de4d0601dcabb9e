import { agents } from '../../data/catalog.ts'
import { createQueryReader } from '../read-query.ts'
import { createPage } from './create-page.ts'
import type { Handler } from './handler.ts'

/** The page of agents that a request selects: by project, and by a part of the name or the id. */
export const listAgents: Handler = (context) => {
  const { request, rules, settings } = context
  const reader = createQueryReader(request.query, { assumptions: settings.assumptions, rules })
  const project = reader.integer('project_id')
  const search = reader.text('q')?.toLowerCase()
  const paging = reader.paging()
  reader.finish()
  const found = agents.filter(
    (agent) =>
      (project === undefined || agent.project === project) &&
      (search === undefined ||
        agent.name.toLowerCase().includes(search) ||
        String(agent.id) === search),
  )
  const start = (paging.page - 1) * paging.size
  const results = found.slice(start, start + paging.size)
  return { status: 200, body: createPage(context, paging, { count: found.length, results }) }
}
