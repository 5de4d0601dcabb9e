/** Output formats of an export. */
export const exportFormats = ['ndjson', 'csv', 'parquet'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** The format of a file by its extension. */
export const formatOfPath = (path: string): ExportFormat | undefined =>
  exportFormats.find((format) => path.toLowerCase().endsWith(`.${format}`))

/** Files next to the output. They follow from it alone, so the lock of the state is that of all. */
export const planPaths = (output: string) => ({
  state: `${output}.state`,
  manifest: `${output}.manifest.json`,
  quarantine: `${output}.quarantine.ndjson`,
  /** The second table of `calls.parquet` is in `calls.metrics.parquet`. */
  metrics: output.replace(/(\.parquet)?$/, '.metrics.parquet'),
})
export type ExportPaths = ReturnType<typeof planPaths>

/** Whether a path is one that another export can have for a file next to its output. */
export const isReserved = (path: string): boolean =>
  Object.values(planPaths('')).some((ending) => path.toLowerCase().endsWith(ending))
