import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request as requestHttp } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'

export const path = `${operationDescriptors['callLogs.list'].path}?agent_id=2142`
export const agent = new Agent({ keepAlive: true, maxSockets: 10 })
const headers = { [apiKeyHeader]: 'k', accept: 'application/json' }

export interface Asked {
  at?: string
  headers?: Record<string, string>
  method?: string
  body?: string
}

/** Status of one request, 0 when there was no answer. */
export const ask = (url: string, asked: Asked = {}): Promise<number> =>
  new Promise((resolve) => {
    const { at = path, method = 'GET', body = '' } = asked
    const own = { ...headers, ...asked.headers }
    const outgoing = requestHttp(url + at, { method, agent, headers: own }, (response) =>
      response.resume().on('end', () => resolve(response.statusCode!)),
    )
    outgoing.on('error', () => resolve(0)).end(body)
  })

/** Asks again and again until it is answered, for so long at most. @returns how long it took */
export async function untilAnswered(url: string, withinMs: number): Promise<number | undefined> {
  const start = performance.now()
  while (performance.now() - start < withinMs) {
    if ((await ask(url)) === 200) return performance.now() - start
    await new Promise((done) => setTimeout(done, 5))
  }
  return undefined
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)]!
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** A figure that is over its limit fails the run. */
export function line(
  name: string,
  figure: string,
  limit?: { isOver: boolean; text: string },
): void {
  const verdict = limit ? `  limit ${limit.text}${limit.isOver ? '  OVER' : ''}` : ''
  console.log(`  ${name.padEnd(34)} ${figure}${verdict}`)
  if (limit?.isOver) process.exitCode = 1
}

export interface Load {
  perSecond: number
  p99Ms: number
  failed: number
}

/** Ten connections from a process of their own, for seconds or for a number of requests. */
export async function load(
  url: string,
  how: { seconds: number } | { requests: number },
): Promise<Load> {
  const amount = 'seconds' in how ? ['-d', String(how.seconds)] : ['-a', String(how.requests)]
  const flags = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`])
  const cannon = fileURLToPath(import.meta.resolve('autocannon'))
  const child = spawn(process.execPath, [cannon, '-j', '-c', '10', ...amount, ...flags, url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await once(child, 'close')
  const { requests, latency, duration, non2xx, errors } = JSON.parse(output) as {
    requests: { total: number }
    latency: { p99: number }
    duration: number
    non2xx: number
    errors: number
  }
  return { perSecond: requests.total / duration, p99Ms: latency.p99, failed: non2xx + errors }
}

/** Process ids of what a process has started, and of what those have. */
export function descendants(pid: number): number[] {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , command]) => command !== 'ps')
  const childrenOf = (of: number): number[] =>
    all.filter(([, parent]) => Number(parent) === of).map(([id]) => Number(id))
  const found = childrenOf(pid)
  return found.concat(found.flatMap(descendantsIn))
  function descendantsIn(child: number): number[] {
    const below = childrenOf(child)
    return below.concat(below.flatMap(descendantsIn))
  }
}

/** Resident memory of a process and of what it has started, in MB. */
export function residentMb(pid: number): number {
  const ids = [pid, ...descendants(pid)].join(',')
  const rows = execFileSync('ps', ['-o', 'rss=', '-p', ids], { encoding: 'utf8' })
  return (
    rows
      .trim()
      .split('\n')
      .reduce((sum, row) => sum + Number(row), 0) / 1024
  )
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

export interface Running extends AsyncDisposable {
  url: string
  pid: number
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** The executable of this package, in a process of its own. */
export async function startExecutable(...args: string[]): Promise<Running> {
  const bin = fileURLToPath(new URL('../src/bin.ts', import.meta.url))
  const child = spawn(process.execPath, [bin, 'serve', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const text of createInterface(child.stdout)) {
    const { url } = JSON.parse(text) as { url: string }
    return { url, pid: child.pid!, [Symbol.asyncDispose]: () => ended(child) }
  }
  throw new Error(`cekura-mock ${args.join(' ')} ended`)
}

/** Prism as its own command line starts it. */
export async function startPrismCommand(...args: string[]): Promise<Running> {
  const port = await freePort()
  const prism = fileURLToPath(import.meta.resolve('@stoplight/prism-cli'))
  const spec = fileURLToPath(import.meta.resolve('@cekura-kit/types/openapi.json'))
  const child = spawn(
    process.execPath,
    [prism, 'mock', '-p', String(port), '--multiprocess=false', ...args, spec],
    { stdio: 'ignore', env: { ...process.env, SCARF_ANALYTICS: 'false' } },
  )
  const url = `http://127.0.0.1:${port}`
  if ((await untilAnswered(url, 30_000)) === undefined) throw new Error('Prism did not start')
  return { url, pid: child.pid!, [Symbol.asyncDispose]: () => ended(child) }
}
