import { checkSpec, SpecError } from '@cekura-kit/spec'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { MockError } from '../mock-error.ts'
import { formatUnchecked, formatViolation } from '../prism/violation.ts'
import { bundleDocument } from '../read-spec.ts'
import { startMock, type Mock } from '../start-mock.ts'
import { escapeControlCharacters } from './escape-control-characters.ts'
import { help, planCommand, type Plan } from './plan-command.ts'
import { watchFiles } from './watch-files.ts'

export interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

/** How long open requests may take after the first signal. */
const drainMs = 10_000

/** One line for a person; documents and responses of other origin are part of it. */
const printLine = (stream: Streams['stderr'], text: string): void => {
  stream.write(`${escapeControlCharacters(text)}\n`)
}

/**
 * Runs one command line.
 *
 * @param signaled resolves when the process should end, and again for each further signal
 * @returns the exit code
 */
export async function runCommand(
  args: readonly string[],
  { stdout, stderr }: Streams,
  signaled: () => Promise<void>,
): Promise<number> {
  try {
    const plan = planCommand(args)
    if (plan.command === 'help') {
      stdout.write(help)
      return 0
    }
    return plan.command === 'check'
      ? await check(plan, { stdout, stderr })
      : await serve(plan, { stdout, stderr }, signaled)
  } catch (error) {
    if (!(error instanceof MockError) && !(error instanceof SpecError)) throw error
    printLine(stderr, error.message)
    return 2
  }
}

async function check(
  { spec, json }: Plan & { command: 'check' },
  { stdout, stderr }: Streams,
): Promise<number> {
  const { document, digest } = await bundleDocument(spec)
  const problems = checkSpec(document)
  if (json) stdout.write(`${JSON.stringify({ digest, problems })}\n`)
  else if (problems.length === 0) stdout.write(`No problems found (${digest})\n`)
  else for (const { location, message } of problems) printLine(stderr, `${location}: ${message}`)
  return problems.length === 0 ? 0 : 1
}

async function serve(
  { options, watch, json }: Plan & { command: 'serve' },
  { stdout, stderr }: Streams,
  signaled: () => Promise<void>,
): Promise<number> {
  const mock = await startMock({
    ...options,
    onViolations: (found) => {
      for (const violation of found) printLine(stderr, `violation: ${formatViolation(violation)}`)
    },
    onUnchecked: (found) => printLine(stderr, formatUnchecked(found)),
  })
  const unwatch = watch
    ? watchFiles(
        () => mock.files,
        () =>
          mock.reload().then(
            () => printLine(stderr, `Reloaded: ${mock.digest}`),
            (error: Error) =>
              printLine(
                stderr,
                `Reload failed; still serving the previous document: ${error.message}`,
              ),
          ),
      )
    : undefined
  const { url, controlUrl, digest } = mock
  const mode = options.mode!
  stdout.write(
    json
      ? `${JSON.stringify({ url, controlUrl, digest, mode, pid: process.pid })}\n`
      : greeting(mock, mode, options.upstream),
  )
  await signaled()
  unwatch?.()
  // A second signal ends the process at once.
  await Promise.race([mock.close({ graceMs: drainMs }), signaled()])
  return 0
}

function greeting(mock: Mock, mode: string, upstream: string | undefined): string {
  if (mode === 'live-proxy')
    return `Proxy of ${upstream ?? 'the Cekura API'} at ${mock.url}
Responses that do not match the spec are printed here. Send your key with each request; it is
forwarded to the API only.

Press Ctrl+C to stop.
`
  const list = `${mock.url}${operationDescriptors['callLogs.list'].path}?agent_id=2142`
  const call = (query = '', header = ''): string =>
    `  curl -H '${apiKeyHeader}: mock-key'${header && ` -H '${header}'`} '${list}${query}'`
  const examples =
    mode === 'sandbox' || mode === 'proxied'
      ? [call(), call('&page=2&page_size=5'), call('', 'X-Sandbox-Fault: status=429; retryAfter=7')]
      : [call(), call('', 'Prefer: example=lastPage'), call('', 'Prefer: code=429')]
  return `Mock of the Cekura API at ${mock.url} (mode ${mode})
Control API at ${mock.controlUrl}
Any key works, for example: mock-key

${examples.join('\n')}

Press Ctrl+C to stop.
`
}
