import { UsageError } from '../command-error.ts'

const numbers = (version: string): number[] => version.split('.').map(Number)

/** @throws {UsageError} when Node is older than `>=22.16` says */
export function checkNode(version: string, engines: string): void {
  const least = engines.replace('>=', '')
  const [major, minor] = numbers(version) as [number, number]
  const [minMajor, minMinor] = numbers(least) as [number, number]
  if (major > minMajor || (major === minMajor && minor >= minMinor)) return
  throw new UsageError(
    `Cannot run on Node ${version}: it takes ${least} or newer`,
    'node --version  # and install a newer one from https://nodejs.org',
  )
}
