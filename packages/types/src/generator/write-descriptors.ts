import type { OperationModel } from './operation-model.ts'
import { banner, literal } from './write-source.ts'

/** TypeScript of one small descriptor per operation. */
export function writeDescriptors(models: OperationModel[]): string {
  const descriptors = Object.fromEntries(models.map(({ id, descriptor }) => [id, descriptor]))
  return `${banner}import type { OperationDescriptor } from './operation-descriptor.ts'
import type { operations } from './schema.ts'

/** What a client needs to call each operation, by operationId. */
export const operationDescriptors = ${literal(descriptors)} as const satisfies Record<
  keyof operations,
  OperationDescriptor
>
`
}
