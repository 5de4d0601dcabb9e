import { checkSpec, SpecError } from '@cekura-kit/spec'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { MockError } from '../mock-error.ts'
import { bundleDocument } from '../read-spec.ts'
import { startMock, type Mock } from '../start-mock.ts'
import { help, planCommand, type Plan } from './plan-command.ts'
import { watchFiles } from './watch-files.ts'

export interface Streams {
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

/** How long requests under way may take after the first signal. */
const drainMs = 10_000

/**
 * Runs one command line.
 *
 * @param signalled resolves when the process is asked to end, and again for each further time
 * @returns the exit code
 */
export async function runCommand(
  args: readonly string[],
  { stdout, stderr }: Streams,
  signalled: () => Promise<void>,
): Promise<number> {
  try {
    const plan = planCommand(args)
    if (plan.command === 'help') {
      stdout.write(help)
      return 0
    }
    return plan.command === 'check'
      ? await check(plan, { stdout, stderr })
      : await serve(plan, { stdout, stderr }, signalled)
  } catch (error) {
    if (!(error instanceof MockError) && !(error instanceof SpecError)) throw error
    stderr.write(`${error.message}\n`)
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
  else if (problems.length === 0) stdout.write(`The document can be mocked (${digest})\n`)
  else for (const { location, message } of problems) stderr.write(`${location}: ${message}\n`)
  return problems.length === 0 ? 0 : 1
}

async function serve(
  { options, watch, json }: Plan & { command: 'serve' },
  { stdout, stderr }: Streams,
  signalled: () => Promise<void>,
): Promise<number> {
  const mock = await startMock({
    ...options,
    onViolations: (found) => {
      for (const { location, message } of found)
        stderr.write(`violation: ${location && `${location}: `}${message}\n`)
    },
  })
  const unwatch = watch
    ? watchFiles(
        () => mock.files,
        () =>
          mock.reload().then(
            () => void stderr.write(`Reloaded: ${mock.digest}\n`),
            (error: Error) => void stderr.write(`Kept the old mock: ${error.message}\n`),
          ),
      )
    : undefined
  const { url, controlUrl, digest, fingerprint } = mock
  stdout.write(
    json
      ? `${JSON.stringify({ url, controlUrl, digest, fingerprint, mode: options.mode ?? 'static', pid: process.pid })}\n`
      : greeting(mock, options.mode ?? 'static', options.upstream),
  )
  await signalled()
  unwatch?.()
  const drained = mock.close({ graceMs: drainMs })
  await Promise.race([drained, signalled()])
  // A second signal has no patience; what is still open is cut by the end of the process.
  return 0
}

function greeting(mock: Mock, mode: string, upstream: string | undefined): string {
  const list = `${mock.url}${operationDescriptors['callLogs.list'].path}?agent_id=2142`
  const call = (query = '', header = ''): string =>
    `  curl -H '${apiKeyHeader}: mock-key'${header && ` -H '${header}'`} '${list}${query}'`
  if (mode === 'live-proxy')
    return `Proxy of ${upstream ?? 'the Cekura API'} at ${mock.url}
What its answers break is printed here. Give your key with each call; it goes to the service alone.

Ctrl+C stops it.
`
  const isSandbox = mode === 'sandbox' || mode === 'proxied'
  return `Mock of the Cekura API at ${mock.url}
Test control at ${mock.controlUrl}
Any key works, for example: mock-key

${call()}
${isSandbox ? call('&page=2&page_size=5') : call('', 'Prefer: example=lastPage')}
${isSandbox ? call('&timestamp_from=2025-01-31T00:00:00Z') : call('', 'Prefer: code=429')}

Ctrl+C stops it.
`
}
