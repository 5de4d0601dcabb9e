import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clone } from '../harness/clone-repository.ts'

// An invented change: nothing is known about such a parameter of the API.
const parameter = `        - name: workspace_id
          in: query
          description: Only calls of the workspace with this id.
          x-origin: published
          schema:
            type: integer
          example: 7
`
const place = /(operationId: callLogs\.list\n(?: {6}.*\n)*? {6}parameters:\n)/

/** The vendor's document; at first it is ours. */
export const vendorDocument = 'vendor.json'

interface VendorDocument {
  paths: { [path: string]: { [method: string]: { operationId: string; parameters: object[] } } }
}

/** Changes the vendor's document: the list of call logs takes a parameter. */
export async function changeUpstream(clone: Clone, required: boolean): Promise<void> {
  const document = JSON.parse(await clone.read('packages/types/openapi.json')) as VendorDocument
  const { parameters } = Object.values(document.paths)
    .flatMap((item) => Object.values(item))
    .find(({ operationId }) => operationId === 'callLogs.list')!
  const others = parameters.filter((one) => !('name' in one && one.name === 'workspace_id'))
  const added = { name: 'workspace_id', in: 'query', required, schema: { type: 'integer' } }
  parameters.splice(0, parameters.length, added, ...others)
  await clone.write(vendorDocument, JSON.stringify(document))
}

/** What a maintainer writes into the spec: first the optional parameter, then that it is required. */
export async function followUpstream(clone: Clone, required: boolean): Promise<void> {
  const path = 'spec/openapi.yaml'
  const before = await clone.read(path)
  const after = required
    ? before.replace(/(- name: workspace_id\n {10}in: query\n)/, '$1          required: true\n')
    : before.replace(place, `$1${parameter}`)
  if (after === before) throw new Error(`${path} has no parameters of callLogs.list to change.`)
  await clone.write(path, after)
  if (!required) return
  // The lint names the links between pages that lack a required parameter.
  const names = await readdir(join(clone.folder, 'spec/examples'), { recursive: true })
  for (const name of names.filter((one) => one.endsWith('.yaml'))) {
    const example = `spec/examples/${name}`
    const text = await clone.read(example)
    await clone.write(example, text.replaceAll('call-logs/?', 'call-logs/?workspace_id=7&'))
  }
}
