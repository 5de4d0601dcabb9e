import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

async function sizeOf(external: string[]): Promise<number> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { createClient } from '@cekura-kit/client'
        for await (const call of createClient().callLogs.list({ agent_id: 1 })) console.log(call.id)`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external,
    write: false,
  })
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length
}

test.each([
  { what: 'client and openapi-fetch', external: [], limit: 6728, goal: 6656 },
  { what: 'own code', external: ['openapi-fetch'], limit: 4432, goal: 4096 },
])('$what do not grow past $limit bytes, minified and compressed', async (row) => {
  const { what, external, limit, goal } = row
  const size = await sizeOf(external)
  console.log(`${what}: ${size} bytes, ${limit - size} left; the goal is ${goal}`)
  expect(size).toBeLessThanOrEqual(limit)
})
