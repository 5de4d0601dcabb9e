// One call of each peer over the same stubbed `fetch`: a function that resolves to the page.
/** @typedef {{ fetch: typeof fetch, baseUrl: string, path: string, key: [string, string], query: object }} Setting */

export const peers = {
  /** @param {Setting} setting */
  async 'hey-api'({ fetch, baseUrl, key, query }) {
    const { createClient, callLogsList } = await import('./hey-api.js')
    const client = createClient({ baseUrl, fetch, auth: key[1] })
    return async () => (await callLogsList({ client, query, throwOnError: true })).data
  },
  /** @param {Setting} setting */
  async ofetch({ fetch, baseUrl, path, key, query }) {
    const { createFetch } = await import('ofetch')
    const api = createFetch({ fetch, Headers }).create({
      baseURL: baseUrl,
      headers: Object.fromEntries([key]),
    })
    return () => api(path, { query })
  },
  /** @param {Setting} setting */
  async openai({ fetch, baseUrl, path, key, query }) {
    const { default: OpenAI } = await import('openai')
    const client = new OpenAI({
      apiKey: 'k',
      baseURL: baseUrl,
      fetch,
      defaultHeaders: Object.fromEntries([key]),
    })
    return () => client.get(path, { query })
  },
  /** @param {Setting} setting */
  async ky({ fetch, baseUrl, path, key, query }) {
    const { default: ky } = await import('ky')
    const api = ky.create({ baseUrl, fetch, headers: Object.fromEntries([key]) })
    return () => api.get(path, { searchParams: query }).json()
  },
  /** @param {Setting} setting */
  async axios({ fetch, baseUrl, path, key, query }) {
    const { default: axios } = await import('axios')
    const api = axios.create({
      adapter: 'fetch',
      env: { fetch },
      baseURL: baseUrl,
      headers: Object.fromEntries([key]),
    })
    return async () => (await api.get(path, { params: query })).data
  },
}
