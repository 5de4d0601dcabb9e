// A consumer's own run, in an empty project: the sandbox by the API of the package.
import {
  listChecks,
  runSuite,
  startTarget,
  summarize,
  type SuiteReport,
} from '@cekura-kit/contract'
import document from '@cekura-kit/types/openapi.json' with { type: 'json' }

await using target = await startTarget('sandbox')
const report: SuiteReport = await runSuite(listChecks(document), target)
console.log(summarize(report))
if (report.outcomes.some(({ result }) => result === 'failed')) throw new Error('A check failed')
