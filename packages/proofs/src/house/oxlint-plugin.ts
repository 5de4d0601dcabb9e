import { relative, sep } from 'node:path'

// What the rules need of the plugin API and the syntax tree; oxlint does not export these types.
interface Node {
  name?: string
  source?: { value?: unknown } | null
}
interface Context {
  cwd: string
  filename: string
  options: readonly unknown[]
  report(problem: { node: Node; message: string }): void
}
type Visitor = Record<string, (node: Node) => void>

/** Folders that may import a library, and what code elsewhere does instead. */
interface Owner {
  folders: string[]
  fix: string
}

const imports = [
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
]

/** Calls back for each module that a file imports, types and dynamic imports included. */
function onImport(check: (specifier: string, node: Node) => void): Visitor {
  const visit = (node: Node): void => {
    if (typeof node.source?.value === 'string') check(node.source.value, node)
  }
  return Object.fromEntries(imports.map((type) => [type, visit]))
}

const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

function libraryOwner({ cwd, filename, options, report }: Context): Visitor {
  const owners = options[0] as Record<string, Owner>
  const file = relative(cwd, filename).split(sep).join('/')
  return onImport((specifier, node) => {
    const name = packageOf(specifier)
    const owner = owners[name] ?? owners[`${name.split('/')[0]}/*`]
    if (!owner || owner.folders.some((folder) => file.startsWith(`${folder}/`))) return
    const message = `Only ${owner.folders.join(' and ')} may import ${name}. ${owner.fix}`
    report({ node, message })
  })
}

function publicEntry({ options, report }: Context): Visitor {
  const documented = (options[0] ?? []) as string[]
  return onImport((specifier, node) => {
    const name = packageOf(specifier)
    const path = specifier.slice(name.length + 1)
    if (!/^@?[a-z]/.test(name) || !/^(?:dist|src|lib|build|esm|cjs)\//.test(path)) return
    if (documented.includes(specifier)) return
    const message = `"${specifier}" is a private path of ${name}. Import an entry point that ${name} documents.`
    report({ node, message })
  })
}

const limits: Record<string, string> = {
  most: 'max',
  Most: 'Max',
  MOST: 'MAX',
  least: 'min',
  Least: 'Min',
  LEAST: 'MIN',
}

function limitName({ report }: Context): Visitor {
  const seen = new Set<string>()
  return {
    Identifier(node) {
      const [name = '', prefix = ''] =
        /^(most|Most|MOST_|least|Least|LEAST_)[A-Z]\w*/.exec(node.name ?? '') ?? []
      if (!name || seen.has(name)) return
      seen.add(name)
      const word = prefix.replace('_', '')
      const better = name.replace(word, limits[word]!)
      report({ node, message: `A limit is named max or min. Rename ${name} to ${better}.` })
    },
  }
}

export default {
  meta: { name: 'house' },
  rules: {
    'library-owner': { meta: { schema: false }, create: libraryOwner },
    'limit-name': { create: limitName },
    'public-entry': { meta: { schema: false }, create: publicEntry },
  },
}
