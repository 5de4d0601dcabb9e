#!/usr/bin/env node
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { MockError } from '@cekura-kit/mock'
import type { SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { createLiveTarget, UsageError } from './live-target.ts'
import { listChecks } from './plan-suite.ts'
import { summarize, toJunit } from './report.ts'
import { runSuite } from './run-suite.ts'
import { startTarget } from './start-target.ts'
import { targetNames, type Target } from './target.ts'

const help = `cekura-contract: the contract suite of the Cekura API, on a mock or on a service

Usage: cekura-contract [--target TARGET] [--junit FILE] [--json FILE]

  --target TARGET  mock, sandbox or proxied: started for the run; live: the service at
                   CEKURA_API_URL; or a URL. Default: the variable CONTRACT_TARGET
  --junit FILE     write the outcomes as JUnit XML
  --json FILE      write the outcomes as JSON
  --help           this text

live and a URL are only read, at most twice a second; they want CEKURA_API_KEY and CEKURA_AGENT_ID
in the environment. Exit code: 0 all passed, 1 a check failed, 2 wrong usage.
`

const options = {
  target: { type: 'string' },
  junit: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

async function chooseTarget(name: string | undefined): Promise<Target> {
  const { CEKURA_API_URL, CEKURA_API_KEY: key, CEKURA_AGENT_ID: agentId } = process.env
  if (name === 'mock' || name === 'sandbox' || name === 'proxied') return startTarget(name)
  if (name === 'live') return createLiveTarget({ url: CEKURA_API_URL, key, agentId })
  if (name && /^https?:\/\//.test(name)) return createLiveTarget({ url: name, key, agentId })
  throw new UsageError(
    `Cannot run the suite: the target is ${name ? `"${name}"` : 'not given'}; give --target with one of ${targetNames.join(', ')} or a URL`,
  )
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options, strict: true })
  if (values.help) {
    process.stdout.write(help)
    return
  }
  await using target = await chooseTarget(values.target ?? process.env['CONTRACT_TARGET'])
  const report = await runSuite(listChecks(bundled as unknown as SpecDocument), target, {
    onOutcome({ id, result, message }) {
      if (result !== 'passed') console.log(`${result} ${id}: ${message}`)
    },
  })
  if (values.junit !== undefined) await writeFile(values.junit, toJunit(report))
  if (values.json !== undefined)
    await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`)
  console.log(summarize(report))
  const ran = report.outcomes.filter(({ result }) => result !== 'inapplicable')
  const failed = ran.some(({ result }) => result === 'failed')
  process.exitCode = failed || ran.length !== report.planned ? 1 : 0
}

await run().catch((error: unknown) => {
  const isUsage = error instanceof TypeError && 'code' in error
  if (!isUsage && !(error instanceof UsageError) && !(error instanceof MockError)) throw error
  console.error(
    isUsage
      ? `${error.message.split(/[.?](?:\s|$)/)[0]}; see cekura-contract --help`
      : error.message,
  )
  process.exitCode = 2
})
