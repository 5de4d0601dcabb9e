import createFetchClient from 'openapi-fetch'
import createClient from 'openapi-react-query'
import type { DashboardPaths } from '../shared/dashboard-api.ts'

/** The dashboard's own server, typed by its routes; the API's path among them. */
export const client = createFetchClient<DashboardPaths>({ baseUrl: location.origin })
export const api = createClient(client)
