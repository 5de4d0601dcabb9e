import { throwInvalidOption } from '../errors/usage-error.ts'
import { isDateTime } from '../input/timestamp.ts'

/** The place in a list that a token stands for. */
export interface ResumePosition {
  page: number
  page_size?: number
  timestamp_to?: string
}

const tokenForm = /^([1-9]\d{0,8})~([1-9]\d{0,8})?~(.*)$/

export const formatResumeToken = ({ page, page_size, timestamp_to }: ResumePosition): string =>
  `${page}~${page_size ?? ''}~${timestamp_to ?? ''}`

/**
 * The position of a token.
 *
 * @throws {CekuraError} with code `usage` if it is not a token of this package
 */
export function parseResumeToken(token: string): ResumePosition {
  const [, page, size, to = ''] = tokenForm.exec(token) ?? []
  if (page === undefined || (to !== '' && !isDateTime(to)))
    return throwInvalidOption('resume', 'the resumeToken of an iteration')
  return {
    page: Number(page),
    ...(size !== undefined && { page_size: Number(size) }),
    ...(to !== '' && { timestamp_to: to }),
  }
}
