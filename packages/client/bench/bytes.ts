// Bytes that the client adds to an application, minified and gzipped, and what each operation adds:
// node bench/bytes.ts
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { operationDescriptors } from '@cekura-kit/types'
import { build, type Plugin } from 'esbuild'

const resolveDir = fileURLToPath(new URL('.', import.meta.url))
const useClient = `import { createClient } from '@cekura-kit/client'
  for await (const call of createClient().callLogs.list({ agent_id: 1 })) console.log(call.id)`
const useOpenapiFetch = `import createClient from 'openapi-fetch'; console.log(createClient())`

async function sizeOf(contents: string, plugins: Plugin[] = []): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    plugins,
  })
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length
}

const withOperations = (operations: object): Plugin => ({
  name: 'operations',
  setup({ onLoad }) {
    onLoad({ filter: /types.src.descriptors\.ts$/ }, () => ({
      contents: `export const operationDescriptors = ${JSON.stringify(operations)}`,
      loader: 'ts',
    }))
  },
})

const client = await sizeOf(useClient)
const none = await sizeOf(useClient, [withOperations({})])
const count = Object.keys(operationDescriptors).length
console.log(
  `client with openapi-fetch and ${count} operations: ${client} bytes (openapi-fetch alone: ${await sizeOf(useOpenapiFetch)})`,
)
console.log(`per operation: ${Math.round((client - none) / count)} bytes`)
