// One call of the installed client against the installed mock.
import { createClient } from '@cekura-kit/client'
import { startMock } from '@cekura-kit/mock'

const mock = await startMock({ mode: 'proxied' })
try {
  const { callLogs } = createClient({ apiKey: 'rehearsal', baseUrl: mock.url })
  const page = await callLogs.list({ agent_id: 2142, page_size: 5 })
  console.log(`page of ${page.results.length}`)
} finally {
  await mock.close()
}
