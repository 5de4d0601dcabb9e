import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createKeyedHash } from '@cekura-kit/call-format/keyed-hash'
import type { CekuraClient, CekuraErrorCode, Hooks } from '@cekura-kit/client'
import { StateError, UsageError } from '../command-error.ts'
import { dropFlag, writeCommand } from '../write-command.ts'
import { findMissing } from './find-missing.ts'
import { holdHeap } from './hold-heap.ts'
import { iso } from './instant.ts'
import { openLedger, removeLedger, type Ledger, type Tally } from './ledger.ts'
import { createManifest } from './manifest.ts'
import { createPace } from './pace.ts'
import { planPaths, type ExportPaths } from './paths.ts'
import {
  checkIdentity,
  identityOf,
  planPass,
  settleMs,
  type ExportPlan,
  type Identity,
  type PassPlan,
} from './plan-export.ts'
import type { CallRule } from './read-call.ts'
import { readWindows } from './read-windows.ts'
import { shardOfDay, shardSpans } from './spans.ts'
import type { Span } from './span.ts'
import { createWalkPlan } from './walk-plan.ts'
import { makeFolder, writeText } from './write-files.ts'
import { writeOutputs, writeQuarantine } from './write-outputs.ts'

export interface ExportSummary extends Tally {
  began: PassPlan['began']
  calls: number
  windows: number
  unstable: number
  quarantined: number
  /** Files that were written; the others hold what they should. */
  files: number
  path: string
  manifest: string
}

/** What an export tells while it runs. */
export interface ExportProgress {
  start(event: { began: string; range: Span; calls: number }): void
  window(event: {
    window: Span
    calls: number
    /** Calls read by this run so far. */
    read: number
    /** Calls still to be read, as far as can be told. */
    expected: number | undefined
  }): void
  retry(event: {
    code: CekuraErrorCode
    attempt: number
    delayMs: number
    concurrency: number
  }): void
}

/** What an export takes from the world. */
export interface ExportRim {
  /** A client that tells the hooks of its retries. */
  createClient(hooks: Hooks): Promise<CekuraClient>
  baseUrl: string
  /** Key of the hashes of `pii: 'hash'`; default one of the state's own. */
  hashKey?: string | undefined
  signal: AbortSignal
  now(): number
  progress: ExportProgress
}

const strange = (what: string): StateError =>
  new StateError(
    `Cannot export: ${what} is there, and there is no state of the export that wrote it`,
    '--restart to replace it; or give another --output',
  )

/** @throws {UsageError} when there is a folder where one file is to be written */
function checkPlace({ path, partition, format }: ExportPlan): void {
  if (partition === 'none' && statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`Cannot export: ${path} is a folder, and one file is to be written`, [
      '--output',
      join(path, `calls.${format}`),
    ])
}

/** Output that no export of this state has written is not ours to replace. */
function checkOutput(plan: ExportPlan, { root, table }: ExportPaths): void {
  const { path, partition, shard } = plan
  if (partition === 'none') {
    if (existsSync(path)) throw strange(path)
    return
  }
  const folder = dirname(dirname(join(root, table('call_logs', 0))))
  if (!existsSync(folder)) return
  const day = readdirSync(folder).find((name) => {
    const time = Date.parse(/^dt=(.*)$/.exec(name)?.[1] ?? '')
    return !Number.isNaN(time) && (!shard || shardOfDay(time, shard.of) === shard.index)
  })
  if (day !== undefined) throw strange(join(folder, day))
}

/** The state of the export, made when there is none. */
export function openState(
  plan: ExportPlan,
  paths: ExportPaths,
  rim: Pick<ExportRim, 'baseUrl' | 'hashKey'>,
): Ledger {
  checkPlace(plan)
  const isThere = existsSync(paths.state)
  if (plan.begin === 'resume' && !isThere)
    throw new StateError(
      `Cannot resume: there is no state ${paths.state}`,
      (args) =>
        `${writeCommand(dropFlag(args, '--resume'))}  # to begin; or give the --output of the export to go on with`,
    )
  if (!isThere && plan.begin !== 'restart') checkOutput(plan, paths)
  makeFolder(dirname(paths.state))
  if (plan.begin === 'restart' && isThere) {
    // Opened first: a run that is writing to it keeps it.
    try {
      openLedger(paths.state)[Symbol.dispose]()
    } catch (error) {
      if (error instanceof StateError && error.message.includes('another run')) throw error
    }
    removeLedger(paths.state)
  }
  const ledger = openLedger(paths.state)
  try {
    if (ledger.get('hash_key') === undefined)
      ledger.set('hash_key', rim.hashKey ?? randomBytes(32).toString('hex'))
    const keyCheck = keyCheckOf(rim.hashKey ?? ledger.get('hash_key')!)
    const mine = identityOf(plan, rim.baseUrl, keyCheck)
    const stored = ledger.get('identity')
    if (stored === undefined) ledger.set('identity', JSON.stringify(mine))
    else checkIdentity(mine, JSON.parse(stored) as Identity, plan.path)
    return ledger
  } catch (error) {
    ledger[Symbol.dispose]()
    throw error
  }
}

/** Tells two keys apart without telling either. */
const keyCheckOf = (key: string): string =>
  createHash('sha256').update(`cekura-logs key check ${key}`).digest('hex').slice(0, 16)

export const ruleOf = ({ pii }: ExportPlan, ledger: Ledger): CallRule => ({
  pii,
  hash: createKeyedHash(ledger.get('hash_key')!),
})

export const readReached = (ledger: Ledger) => {
  const to = ledger.get('to')
  return to === undefined
    ? undefined
    : { to: Number(to), windows: ledger.windows(), isComplete: ledger.get('complete') === '1' }
}

/** Opens the range and says what of it is to be read. */
function beginPass(ledger: Ledger, plan: ExportPlan, now: number): PassPlan {
  const pass = planPass(plan, readReached(ledger), now)
  if (pass.began !== 'unchanged') ledger.beginPass(pass.range.end, pass.rereadSince)
  return pass
}

/**
 * Exports a range of call logs: each id once, at its newest version seen.
 *
 * Run again it goes on where it stopped; with a later end it adds what is new. The manifest is
 * written last.
 *
 * @throws {StateError} when the state belongs to another export or another run holds it
 * @throws {CekuraError} when the service refuses or fails; what was read is kept
 * @throws {DiskError} when the disk does; the files of the last run are whole
 */
export async function runExport(plan: ExportPlan, rim: ExportRim): Promise<ExportSummary> {
  const { progress, signal, now } = rim
  const paths = planPaths(plan)
  using ledger = openState(plan, paths, rim)
  const pass = beginPass(ledger, plan, now())
  const rule = ruleOf(plan, ledger)
  const pace = createPace(plan.concurrency, now)
  const client = await rim.createClient({
    onRetry: ({ code, attempts, delayMs }) => {
      if (code === 'rate_limit') pace.slow()
      progress.retry({ code, attempt: attempts, delayMs, concurrency: pace.limit() })
    },
  })
  const walk = createWalkPlan(pass.gaps, plan.pageSize)
  const before = ledger.counts().calls
  progress.start({ began: pass.began, range: pass.range, calls: before })
  let calls = 0
  let isHeld = false
  await readWindows(
    client,
    walk,
    { ...rule, agentId: plan.agentId, pageSize: plan.pageSize, pace, signal, now, settleMs },
    (window, read) => {
      ledger.commit(window, read)
      calls += read.rows.length
      isHeld ||= holdHeap()
      progress.window({ window, calls: read.rows.length, read: calls, expected: walk.expected() })
    },
  )
  if (pass.began !== 'unchanged') {
    const spans = shardSpans(pass.range, plan.shard)
    const search = { ...rule, agentId: plan.agentId, signal, spans }
    await findMissing(client, ledger, search, ({ gone, moved }) => {
      ledger.bury(gone, iso(now()), plan.goneCalls === 'drop')
      ledger.bury(moved, iso(now()), true)
    })
    ledger.set('complete', '1')
  }
  signal.throwIfAborted()
  const files = await writeOutputs(ledger, plan, paths, signal)
  await writeQuarantine(ledger, paths.quarantine)
  const { agentId, format, partition, pii, goneCalls, shard } = plan
  const manifest = createManifest(ledger, {
    agent_id: agentId,
    base_url: rim.baseUrl,
    format,
    partition,
    pii,
    gone_calls: goneCalls,
    ...(pii === 'hash' && { pii_key_check: keyCheckOf(ledger.get('hash_key')!) }),
    ...(shard && { shard }),
    range: pass.range,
  })
  await writeText(paths.manifest, [`${JSON.stringify(manifest, null, 2)}\n`])
  const windows = ledger.windows()
  return {
    ...ledger.tally(),
    began: pass.began,
    calls: manifest.calls,
    windows: windows.length,
    unstable: windows.filter(({ stable }) => !stable).length,
    quarantined: manifest.quarantined,
    files,
    path: plan.path,
    manifest: paths.manifest,
  }
}
