import { consume } from './consume.js'

export default {
  async fetch(request) {
    const baseUrl = new URL(request.url).searchParams.get('api')
    return new Response(await consume(baseUrl).catch((error) => String(error)))
  },
}
