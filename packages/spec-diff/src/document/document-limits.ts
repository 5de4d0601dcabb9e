/** What reading a document may cost, whoever wrote it. */
export const documentLimits = {
  bytes: 32_000_000,
  /** Nested objects and lists. */
  depth: 200,
  /** Values after aliases are copied. */
  values: 4_000_000,
  /** Files that one document refers to. */
  files: 1_000,
  fetchMs: 30_000,
}
