export type { CallLog } from '@cekura-kit/types'
