import { expect, test } from 'vitest'
import { checkBaseUrl } from './check-base-url.ts'

const check = (url: string, allowed: string[] = []) => checkBaseUrl(url, 'api.cekura.ai', allowed)

test.each([
  ['https://api.cekura.ai', 'https://api.cekura.ai'],
  ['https://API.CEKURA.AI/', 'https://api.cekura.ai'],
  ['https://api.cekura.ai:443/v9//', 'https://api.cekura.ai/v9'],
  ['http://localhost:4010', 'http://localhost:4010'],
  ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
  ['http://[::1]:4010', 'http://[::1]:4010'],
])('the key may go to %s, which is %s', (url, address) => {
  expect(check(url)).toBe(address)
})

test.each([
  ['http://api.cekura.ai', 'unencrypted'],
  ['https://api.cekura.ai.evil.test', 'which is not api.cekura.ai'],
  ['https://evil.test/api.cekura.ai', 'would go to evil.test'],
  ['http://127.0.0.1.evil.test', 'unencrypted'],
  ['https://127.0.0.1.evil.test', 'would go to 127.0.0.1.evil.test'],
  ['http://localhost.evil.test', 'unencrypted'],
  ['https://api.cekura.ai@evil.test', 'a user name or a password'],
  ['https://evil.test#api.cekura.ai', 'a query or a fragment'],
  ['https://169.254.169.254', 'would go to 169.254.169.254'],
  ['ftp://api.cekura.ai', 'unencrypted'],
  ['api.cekura.ai', 'it is not a URL'],
])('the key may not go to %s', (url, why) => {
  expect(() => check(url)).toThrow(why)
})

test('a host that was named may have the key, over https and by its whole name', () => {
  expect(check('https://proxy.test', ['proxy.test'])).toBe('https://proxy.test')
  expect(() => check('http://proxy.test', ['proxy.test'])).toThrow('unencrypted')
  expect(() => check('https://a.proxy.test', ['proxy.test'])).toThrow('would go to a.proxy.test')
})
