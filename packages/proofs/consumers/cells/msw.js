// The sandbox in this process, with the msw of the project.
import { createClient } from '@cekura-kit/client'
import { createMswSandbox } from '@cekura-kit/mock/msw'
import { http } from 'msw'
import { setupServer } from 'msw/node'

const { handlers } = createMswSandbox({ http, rows: 3 })
const server = setupServer(...handlers)
server.listen()
const { count } = await createClient({ apiKey: 'any-key' }).callLogs.list({ agent_id: 2142 })
console.log(count)
server.close()
