import { execFile } from 'node:child_process'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One place that breaks a rule. */
export interface Finding {
  /** Path below the root, with `/`. */
  file: string
  line: number
  rule: string
  /** What is wrong and how to fix it. */
  message: string
}

const modules = new URL('../../../../node_modules/', import.meta.url)

/** Standard output of a linter, which exits with 1 when it finds something. */
function runLinter(root: string, script: string, args: readonly string[]): Promise<string> {
  const command = [fileURLToPath(new URL(script, modules)), ...args]
  return new Promise((resolve, reject) => {
    const options = { cwd: root, maxBuffer: 1 << 28 }
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(stdout)
      else reject(new Error(`${script} failed: ${stdout}${stderr}${error?.message ?? ''}`))
    })
  })
}

interface OxlintReport {
  diagnostics: {
    code?: string
    message: string
    help?: string
    note?: string
    filename: string
    labels: { span: { line: number } }[]
  }[]
}

/** What to do about a rule whose own message does not say it. */
const fixes: Record<string, string> = { 'max-lines': 'Split it: one concept per file.' }

async function runOxlint(root: string): Promise<Finding[]> {
  const output = await runLinter(root, 'oxlint/bin/oxlint', ['--format', 'json'])
  const { diagnostics } = JSON.parse(output) as OxlintReport
  // A file that does not parse has no rule.
  return diagnostics.map(({ code = 'syntax', message, help, note, filename, labels }) => {
    const rule = code.replace(/^(?:eslint)?\((.+)\)$/, '$1').replace(/\((.+)\)$/, '/$1')
    return {
      file: filename.split(sep).join('/'),
      line: labels[0]?.span.line ?? 1,
      rule,
      message: [message, help, note, fixes[rule]].filter(Boolean).join('\n'),
    }
  })
}

interface SpellingReport {
  issues: {
    text: string
    isFlagged?: boolean
    row: number
    uri: string
    suggestionsEx?: { word: string; isPreferred?: boolean }[]
  }[]
  error: { message: string }[]
}

async function runCspell(root: string): Promise<Finding[]> {
  const args = [
    'lint',
    '--no-progress',
    '--no-summary',
    '--show-suggestions',
    '--reporter',
    '@cspell/cspell-json-reporter',
  ]
  const report = JSON.parse(await runLinter(root, 'cspell/bin.mjs', args)) as SpellingReport
  if (report.error.length > 0)
    throw new Error(report.error.map(({ message }) => message).join('\n'))
  return report.issues.map(({ text, isFlagged, row, uri, suggestionsEx = [] }) => {
    const better = suggestionsEx.map(({ word }) => word).join(', ')
    return {
      file: relative(root, fileURLToPath(uri)).split(sep).join('/'),
      line: row,
      rule: isFlagged ? 'flagged-word' : 'spelling',
      message: isFlagged
        ? `"${text}" is not plain English. Write ${better || 'a plainer word'}.`
        : `Unknown word "${text}". Fix the spelling, or add it to "words" in cspell.json.`,
    }
  })
}

/** Everything that oxlint and cspell find below a folder, with the configuration files in it. */
export async function runLinters(root: string): Promise<Finding[]> {
  return (await Promise.all([runOxlint(root), runCspell(root)])).flat()
}

/** Where the repository is. */
export const repositoryRoot = join(fileURLToPath(modules), '..')
