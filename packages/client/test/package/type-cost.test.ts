import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const mostInstantiations = 3000
// Inside node_modules, so that openapi-fetch is found from there.
const folder = mkdtempSync(at('../node_modules/type-cost-'))
afterAll(() => rmSync(folder, { recursive: true }))

const tsc = (...options: string[]): string =>
  execFileSync(process.execPath, [at('../node_modules/typescript/bin/tsc'), ...options], {
    encoding: 'utf8',
    cwd: folder,
  })

/** What the compiler instantiates for a program, against declarations, as a consumer has them. */
function instantiationsOf(text: string): number {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: [],
    paths: {
      '@cekura-kit/client': ['./client/index.d.ts'],
      '@cekura-kit/types': ['./types/index.d.ts'],
    },
  }
  writeFileSync(join(folder, 'program.mts'), text)
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['program.mts'] }),
  )
  const [, count] = /Instantiations:\s+(\d+)/.exec(tsc('-p', '.', '--extendedDiagnostics'))!
  return Number(count)
}

test(`a consumer of the facade costs the compiler no more than ${mostInstantiations} instantiations`, () => {
  for (const name of ['client', 'types']) {
    const options = ['--noEmit', 'false', '--emitDeclarationOnly', '--outDir', join(folder, name)]
    tsc('-p', at(`../../${name}`), ...options)
  }
  const nothing = instantiationsOf('export {}')
  const own =
    instantiationsOf(`
      import { CekuraError, createClient } from '@cekura-kit/client'
      const { callLogs } = createClient()
      try {
        const page = await callLogs.list({ agent_id: 2142, page_size: 100 })
        console.log(page.count)
        for await (const call of callLogs.list({ agent_id: 2142 })) console.log(call.id)
        for await (const { results } of callLogs.list({ agent_id: 2142 }).pages({ prefetch: 1 }))
          console.log(results.length)
      } catch (error) {
        if (CekuraError.is(error, 'rate_limit')) console.log(error.retryAfterMs)
      }`) - nothing
  console.log(`${own} instantiations, ${mostInstantiations - own} left`)
  expect(own).toBeGreaterThan(0)
  expect(own).toBeLessThanOrEqual(mostInstantiations)
}, 60_000)
