/** What a check can need from its target, with the reason that a report gives when it is missing. */
export const capabilities = {
  document: 'the document that the target serves is not available',
  prefer: 'the target does not select examples by a Prefer header',
  dynamic: 'the target does not generate bodies',
  validator: 'the target does not validate the responses of another server',
  stateful: 'responses do not come from stored data',
  known: 'the stored data is not known',
  control: 'the target has no test control',
  violations: 'nothing validates the responses of the target',
  keys: 'the target accepts any API key',
  writes: 'writes are never sent to a service',
} as const

export type Capability = keyof typeof capabilities

/** Whether a request with this method only reads. */
export const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD'
