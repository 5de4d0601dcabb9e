// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

import type { OperationDescriptor } from './operation-descriptor.ts'
import type { operations } from './schema.ts'

/** What a client needs to call each operation, by operationId. */
export const operationDescriptors = {
  'callLogs.list': {
    method: 'GET',
    path: '/observability/v1/call-logs/',
    parameters: {
      page: { in: 'query', type: 'integer', minimum: 1 },
      page_size: { in: 'query', type: 'integer', minimum: 1 },
      timestamp_from: { in: 'query', type: 'string', format: 'date-time' },
      timestamp_to: { in: 'query', type: 'string', format: 'date-time' },
      call_ids: { in: 'query', type: 'string', commaSeparated: 'integer' },
      agent_id: { in: 'query', type: 'integer', required: true },
      assistant_id: { in: 'query', type: 'string' },
    },
    returns: 'json',
    paginated: true,
  },
  'callLogs.get': {
    method: 'GET',
    path: '/observability/v1/call-logs/{id}/',
    parameters: { id: { in: 'path', type: 'integer', required: true } },
    returns: 'json',
  },
  'callLogs.update': {
    method: 'PATCH',
    path: '/observability/v1/call-logs/{id}/',
    parameters: { id: { in: 'path', type: 'integer', required: true } },
    body: 'required',
    returns: 'json',
  },
  'callLogs.send': {
    method: 'POST',
    path: '/observability/v1/observe/',
    parameters: {},
    body: 'required',
    returns: 'json',
  },
  'callLogs.evaluateMetrics': {
    method: 'POST',
    path: '/observability/v1/call-logs/evaluate_metrics/',
    parameters: {},
    body: 'required',
    returns: 'json',
  },
  'callLogs.rerunEvaluation': {
    method: 'POST',
    path: '/observability/v1/call-logs/rerun_evaluation/',
    parameters: {},
    body: 'required',
    returns: 'json',
  },
  'callLogs.voteOnMetric': {
    method: 'POST',
    path: '/observability/v1/call-logs/{id}/mark_metric_vote/',
    parameters: { id: { in: 'path', type: 'integer', required: true } },
    body: 'required',
    returns: 'json',
  },
  'agents.list': {
    method: 'GET',
    path: '/test_framework/v2/aiagents/',
    parameters: {
      page: { in: 'query', type: 'integer', minimum: 1 },
      page_size: { in: 'query', type: 'integer', minimum: 1 },
      project_id: { in: 'query', type: 'integer' },
      q: { in: 'query', type: 'string' },
    },
    returns: 'json',
    paginated: true,
  },
  'metrics.list': {
    method: 'GET',
    path: '/test_framework/v2/metrics/',
    parameters: {
      agent_id: { in: 'query', type: 'integer' },
      project_id: { in: 'query', type: 'integer' },
      assistant_id: { in: 'query', type: 'string' },
      agents: { in: 'query', type: 'string', commaSeparated: 'integer' },
      slug: { in: 'query', type: 'string' },
    },
    returns: 'json',
  },
} as const satisfies Record<
  keyof operations,
  OperationDescriptor
>
