import { createClient } from '@cekura-kit/client'
import { operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { catchCekuraError } from '../support/catch-error.ts'
import { createFetchOf, pageOf } from '../support/client-on.ts'

const apiKey = 'canary-key-123'
const path = operationDescriptors['callLogs.list'].path

test.each([
  { what: 'text that is not a URL', baseUrl: 'nope' },
  { what: 'a blank URL', baseUrl: ' ' },
  { what: 'http on another host', baseUrl: 'http://a.example' },
  { what: 'http on a host that starts like loopback', baseUrl: 'http://127.0.0.1.a.example' },
  { what: 'http on a host that starts like a short loopback', baseUrl: 'http://127.a.example' },
  { what: 'http on an address next to loopback', baseUrl: 'http://128.0.0.1' },
  { what: 'http on 0.0.0.0', baseUrl: 'http://0.0.0.0' },
  { what: 'http on a host that starts like localhost', baseUrl: 'http://localhost.a.example' },
  { what: 'http on another host after localhost', baseUrl: 'http://localhost@a.example' },
  { what: 'http on a host that ends in loopback', baseUrl: 'http://a127.0.0.1' },
  { what: 'another protocol', baseUrl: 'ftp://a.example' },
  { what: 'a URL in a URL', baseUrl: 'blob:https://a.example/x' },
  { what: 'a user name', baseUrl: 'https://SECRET@a.example' },
  { what: 'a password', baseUrl: 'https://u:SECRET@a.example' },
  { what: 'a query', baseUrl: 'https://a.example/?token=SECRET' },
  { what: 'an empty query', baseUrl: 'https://a.example/?' },
  { what: 'a fragment', baseUrl: 'https://a.example/#SECRET' },
  { what: 'an empty fragment', baseUrl: 'https://a.example/#' },
])('rejects $what as baseUrl, without repeating it', async ({ baseUrl }) => {
  const error = await catchCekuraError(() => createClient({ apiKey, baseUrl }))
  expect(error).toMatchObject({
    code: 'usage',
    reason: 'invalid_option',
    details: { option: 'baseUrl' },
  })
  expect(error.message).toBe(
    'Invalid baseUrl: expected an https URL (http only on loopback) without credentials, query or fragment.',
  )
})

test.each([
  { baseUrl: 'http://localhost:4010', origin: 'http://localhost:4010' },
  { baseUrl: 'http://127.0.0.1', origin: 'http://127.0.0.1' },
  { baseUrl: 'http://localhost/', origin: 'http://localhost' },
  { baseUrl: 'http://127.1:4010', origin: 'http://127.0.0.1:4010' },
  { baseUrl: 'http://[::1]:4010', origin: 'http://[::1]:4010' },
  { baseUrl: 'http://[0:0::1]:4010//', origin: 'http://[::1]:4010' },
  { baseUrl: 'HTTPS://A.example:443/api//', origin: 'https://a.example/api' },
  { baseUrl: 'https://a.example:8443', origin: 'https://a.example:8443' },
  { baseUrl: 'https://a.example/x/../api', origin: 'https://a.example/api' },
  { baseUrl: String.raw`http://localhost\@a.example`, origin: 'http://localhost/@a.example' },
])('sends requests for the baseUrl $baseUrl to $origin', async ({ baseUrl, origin }) => {
  const { fetch, urls } = createFetchOf(pageOf([], null))
  const cekura = createClient({ apiKey, baseUrl, fetch })
  await cekura.callLogs.list({ agent_id: 1 })
  await cekura.raw.GET(path, { params: { query: { agent_id: 1 } } })
  expect(urls).toEqual([`${origin}${path}?agent_id=1`, `${origin}${path}?agent_id=1`])
})
