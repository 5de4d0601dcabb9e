// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

import type { OperationDescriptor } from './operation-descriptor.ts'
import type { operations } from './schema.ts'

/** What a client needs to call each operation, by operationId. */
export const operationDescriptors = {
  'callLogs.list': {
    method: 'GET',
    path: '/observability/v1/call-logs/',
    parameters: {
      page: { in: 'query', type: 'integer' },
      page_size: { in: 'query', type: 'integer' },
      timestamp_from: { in: 'query', type: 'string', format: 'date-time' },
      timestamp_to: { in: 'query', type: 'string', format: 'date-time' },
      call_ids: { in: 'query', type: 'string', commaSeparated: 'integer', minLength: 1 },
      agent_id: { in: 'query', type: 'integer', required: true },
      assistant_id: { in: 'query', type: 'string', minLength: 1 },
    },
    returns: 'json',
    paginated: true,
  },
} as const satisfies Record<
  keyof operations,
  OperationDescriptor
>
