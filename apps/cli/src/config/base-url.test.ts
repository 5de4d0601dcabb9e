import { expect, test } from 'vitest'
import { checkBaseUrl } from './base-url.ts'

const check = (url: string, allowed: string[] = []) => checkBaseUrl(url, 'api.cekura.ai', allowed)

test.each([
  ['https://api.cekura.ai', 'https://api.cekura.ai'],
  ['https://API.CEKURA.AI/', 'https://api.cekura.ai'],
  ['https://api.cekura.ai:443/v9//', 'https://api.cekura.ai/v9'],
  ['http://localhost:4010', 'http://localhost:4010'],
  ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
  ['http://[::1]:4010', 'http://[::1]:4010'],
])('the key is sent to %s, normalized to %s', (url, address) => {
  expect(check(url)).toBe(address)
})

test.each([
  ['http://api.cekura.ai', 'must use https'],
  ['https://api.cekura.ai.evil.test', 'is not allowed'],
  ['https://evil.test/api.cekura.ai', 'evil.test is not allowed'],
  ['http://127.0.0.1.evil.test', 'must use https'],
  ['https://127.0.0.1.evil.test', '127.0.0.1.evil.test is not allowed'],
  ['http://localhost.evil.test', 'must use https'],
  ['https://api.cekura.ai@evil.test', 'a user name or a password'],
  ['https://evil.test#api.cekura.ai', 'a query or a fragment'],
  ['https://169.254.169.254', '169.254.169.254 is not allowed'],
  ['ftp://api.cekura.ai', 'must use https'],
  ['api.cekura.ai', 'expected a URL'],
])('the key is not sent to %s', (url, why) => {
  expect(() => check(url)).toThrow(why)
})

test('an allowed host needs https and its full name', () => {
  expect(check('https://proxy.test', ['proxy.test'])).toBe('https://proxy.test')
  expect(() => check('http://proxy.test', ['proxy.test'])).toThrow('must use https')
  expect(() => check('https://a.proxy.test', ['proxy.test'])).toThrow('a.proxy.test is not allowed')
})
