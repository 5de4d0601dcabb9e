import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const table = readFileSync(new URL('../TESTS.md', import.meta.url), 'utf8')
/** A file, and how the title of one of its tests begins. */
const named = [...table.matchAll(/`([\w/-]+\.test\.ts)` `(.+?)`/g)]

test('every test that TESTS.md names is there', () => {
  expect(named).not.toEqual([])
  const missing = named.flatMap(([, file, title]) => {
    const source = readFileSync(new URL(file!, import.meta.url), 'utf8')
    const begins = [`'${title}`, `"${title}`, `\`${title}`]
    return begins.some((text) => source.includes(text)) ? [] : [`${file}: ${title}`]
  })
  expect(missing).toEqual([])
})
