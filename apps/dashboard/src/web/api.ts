import createFetchClient from 'openapi-fetch'
import createClient from 'openapi-react-query'
import { pageHeader, type DashboardPaths } from '../shared/dashboard-api.ts'

/** The dashboard's server, typed by its routes. */
export const client = createFetchClient<DashboardPaths>({
  baseUrl: location.origin,
  headers: pageHeader,
})
export const api = createClient(client)
