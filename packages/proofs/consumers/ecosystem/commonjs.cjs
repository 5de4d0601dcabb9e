const { createClient } = require('@cekura-kit/client')

createClient({ apiKey: 'ecosystem', baseUrl: process.argv[2] })
  .callLogs.list({ agent_id: 2142, page_size: 20 })
  .toArray({ limit: 20 })
  .then((calls) => console.log(`pagination of ${calls.length}`))
