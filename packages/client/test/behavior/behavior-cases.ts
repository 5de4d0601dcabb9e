import type { Case } from './case.ts'
import { inputCases } from './input-cases.ts'
import { paginationCases } from './pagination-cases.ts'
import { responseCases } from './response-cases.ts'
import { retryCases } from './retry-cases.ts'

/** What a client does with what a server sends, one row per rule. */
export const behaviorCases: readonly Case[] = [
  ...retryCases,
  ...responseCases,
  ...paginationCases,
  ...inputCases,
]
