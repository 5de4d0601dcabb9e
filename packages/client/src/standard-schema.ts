import type { CallLogPage } from '@cekura-kit/types'
import { CekuraError } from './cekura-error.ts'

/** The part of the Standard Schema interface that is used, so that any such library fits. */
export interface PageSchema {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    validate(value: unknown): SchemaResult | Promise<SchemaResult>
  }
}

type SchemaResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] }

/** @throws {CekuraError} with code `invalid_response` and the issues as `cause` */
export async function validatePage(
  schema: PageSchema,
  page: CallLogPage,
  path: string,
): Promise<CallLogPage> {
  const { issues } = await schema['~standard'].validate(page)
  if (issues === undefined) return page
  throw new CekuraError(
    `Cannot GET ${path}: the answer fails the given schema in ${issues.length} ${issues.length === 1 ? 'place' : 'places'}`,
    { code: 'invalid_response', status: 200, method: 'GET', path, cause: issues },
  )
}
