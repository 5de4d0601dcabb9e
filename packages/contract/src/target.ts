import type { SpecDocument } from '@cekura-kit/spec'
import type { Need } from './check.ts'
import type { Oracle } from './oracle.ts'

/** The names a run can be pointed at, besides a URL. */
export const targetNames = ['mock', 'sandbox', 'proxied', 'live'] as const
export type TargetName = (typeof targetNames)[number]

export interface Asked {
  method?: string
  path: string
  /** Pairs, because a name may be sent twice. */
  query?: readonly (readonly [string, string])[]
  headers?: Record<string, string>
  /** `null` sends no key; default the target's. */
  key?: string | null | undefined
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** What was asked, without the host and the key. */
  asked: string
  /** What a verifier in front of the target found wrong with the answer. */
  violations: readonly string[]
}

/** What is known of a sandbox, because the suite started it. */
export interface KnownData {
  rows: number
  pageSize: number
  maxPageSize: number
  otherAgentId: number
  /** Between them they took every call. */
  assistants: readonly string[]
}

/** Something to run the suite against. */
export interface Target extends AsyncDisposable {
  name: string
  url: string
  /** An agent whose calls the key may read. */
  agentId: number
  capabilities: ReadonlySet<Need>
  /** A service that others use: asked seldom, and never more than it takes. */
  isPolite: boolean
  /** The document it serves, where `document` is a capability. */
  document?: SpecDocument | undefined
  known?: KnownData | undefined
  send(asked: Asked): Promise<Answer>
  /** POST to the control port; the answer's status. */
  control?(path: string, body: unknown): Promise<number>
  /** What the verifier found wrong since the target was started, where `violations` is a capability. */
  violations?(): readonly string[]
  /** The same engine and document in front of an adversary, where `proxy` is a capability. */
  startOracle?(): Promise<Oracle>
}

/** Whether a URL leads to this machine. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
