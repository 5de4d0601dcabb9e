import { UsageError } from '../errors/command-error.ts'

/** @throws {UsageError} if Node is older than an engines range such as `>=22.16` */
export function checkNode(version: string, engines: string): void {
  const minVersion = engines.replace('>=', '')
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [minMajor = 0, minMinor = 0] = minVersion.split('.').map(Number)
  if (major > minMajor || (major === minMajor && minor >= minMinor)) return
  throw new UsageError(
    `Node ${version} is not supported: expected ${minVersion} or newer.`,
    'node --version  # install a newer one from https://nodejs.org',
  )
}
