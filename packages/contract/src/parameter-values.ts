import type { Json, Parameter } from '@cekura-kit/spec'

/** Query texts that a parameter's schema refuses. */
export function refusedValues({ schema }: Pick<Parameter, 'schema'>): string[] {
  const { type, format, minLength } = schema as { [key: string]: Json }
  return [
    ...(type === 'integer' ? ['abc', '1.5', 'true', '1,2'] : []),
    ...(format === 'date-time' ? ['yesterday', '2025-01-01', '2025-13-01T00:00:00Z'] : []),
    ...(typeof minLength === 'number' && minLength > 0 ? ['x'.repeat(minLength - 1)] : []),
  ]
}

/** A query text as the value that the schema speaks of. */
export function coerceValue({ schema }: Pick<Parameter, 'schema'>, text: string): unknown {
  return schema['type'] === 'integer' && text.trim() !== '' && !Number.isNaN(Number(text))
    ? Number(text)
    : text
}
