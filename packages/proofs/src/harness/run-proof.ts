import { createReport, type Report } from './report.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

/** Runs a command of this package: with a report, and an empty folder that is deleted at the end. */
export async function runProof(
  name: string,
  run: (report: Report, folder: string) => Promise<void>,
): Promise<void> {
  const report = createReport()
  await using folder = await createTemporaryFolder(name)
  try {
    await run(report, folder.path)
  } catch (error) {
    // A failed step is in the report.
    if (!report.hasFailed) throw error
  }
  if (!report.finish()) process.exitCode = 1
}
