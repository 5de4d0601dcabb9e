export { MockError } from './mock-error.ts'
export type { Fault, SandboxOptions } from './sandbox/sandbox.ts'
export { startMock, type Mock, type MockMode, type MockOptions } from './start-mock.ts'
export type { Violation } from './prism/violation.ts'
