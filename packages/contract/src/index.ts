export { closeSchemas } from './close-schemas.ts'
export { coerceValue, refusedValues } from './parameter-values.ts'
