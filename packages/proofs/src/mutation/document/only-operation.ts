import type { Json, Operation, SpecDocument } from '@cekura-kit/spec'
import { isNode, valueAt, type Node, type Path } from '../../document-edits/edit.ts'

/** The document with one operation only, and the components that it refers to. */
export function onlyOperation(
  document: SpecDocument,
  { path, method }: Pick<Operation, 'path' | 'method'>,
): SpecDocument {
  const pathItem = { ...((document['paths'] as Node)[path] as Node) }
  for (const other of ['get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'trace'])
    if (other !== method.toLowerCase()) delete pathItem[other]
  const { securitySchemes = {} } = document['components'] as Node
  const components: { [kind: string]: Node } = { securitySchemes: securitySchemes as Node }

  function addReferences(value: Json): void {
    if (typeof value !== 'object' || value === null) return
    const ref = isNode(value) ? value['$ref'] : undefined
    for (const child of Object.values(value)) addReferences(child)
    if (typeof ref !== 'string') return
    const [, , kind, name] = ref.split('/') as [string, string, string, string]
    const known = (components[kind] ??= {})
    if (name in known) return
    known[name] = valueAt(document, ['components', kind, name])!
    addReferences(known[name])
  }
  addReferences(pathItem)
  return { ...document, paths: { [path]: pathItem }, components }
}

/** Whether a document has the object or list at the end of a path. */
export const hasOwner = (document: SpecDocument, path: Path): boolean =>
  valueAt(document, path.slice(0, -1)) !== undefined
