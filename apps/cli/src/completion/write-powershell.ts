import type { Value, Words } from './read-words.ts'

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`
const list = (words: readonly string[]): string => `@(${words.map(quote).join(', ')})`
/** No words: PowerShell goes on to files. */
const choices = (value: Value | undefined): string[] | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? [] : [...value]

/** Written after PowerShell's documentation and never run in one. */
export function writePowershell({ flags, commands }: Words): string {
  const all = [{ name: '', flags, values: [commands.map(({ name }) => name)] }, ...commands]
  return `# Completion of cekura-logs for PowerShell. In $PROFILE: cekura-logs completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName cekura-logs -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $flags = @{
${all.map(({ name, flags: own }) => `    ${quote(name)} = ${list(own.flatMap(({ names }) => names))}`).join('\n')}
  }
  $values = @{
${all
  .flatMap(({ name, flags: own }) =>
    own.flatMap(({ names, value }) => {
      const words = choices(value)
      return words ? names.map((flag) => `    ${quote(`${name} ${flag}`)} = ${list(words)}`) : []
    }),
  )
  .join('\n')}
  }
  $arguments = @{
${all.map(({ name, values }) => `    ${quote(name)} = ${list(values.flatMap((value) => choices(value)!))}`).join('\n')}
  }
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $command = ''
  $waiting = $false
  foreach ($word in $before) {
    if ($waiting) { $waiting = $false }
    elseif ($values.ContainsKey("$command $word")) { $waiting = $true }
    elseif ($command -eq '' -and $word -notlike '-*') { $command = $word }
  }
  $words = if ($waiting) { $values["$command $($before[-1])"] }
    elseif ($wordToComplete -like '-*') { $flags[$command] }
    else { $arguments[$command] }
  $words | Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`
}
