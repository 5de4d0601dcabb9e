export type * from './aliases.ts'
export * from './constants.ts'
export { operationDescriptors } from './descriptors.ts'
export type {
  OperationDescriptor,
  ParameterDescriptor,
  ParameterType,
} from './operation-descriptor.ts'
export type * from './operations.ts'
export type { $defs, components, operations, paths, webhooks } from './schema.ts'
