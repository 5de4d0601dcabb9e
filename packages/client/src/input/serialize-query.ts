import type { ParameterDescriptor } from '@cekura-kit/types'
import { serializeArrayParam, serializeObjectParam, serializePrimitiveParam } from 'openapi-fetch'
import type { WireValue } from './check-parameter.ts'

type ObjectStyle = Parameters<typeof serializeObjectParam>[2]
type ArrayStyle = Parameters<typeof serializeArrayParam>[2]

/** `name=value` by the style of a parameter, encoded. */
export function serializeQueryParameter(
  name: string,
  value: WireValue,
  { style = 'form', explode = style === 'form' }: Pick<ParameterDescriptor, 'style' | 'explode'>,
): string {
  const key = encodeURIComponent(name)
  if (typeof value !== 'object') return serializePrimitiveParam(key, String(value))
  return Array.isArray(value)
    ? serializeArrayParam(key, value, { style, explode } as ArrayStyle)
    : serializeObjectParam(
        key,
        value as object as Record<string, unknown>,
        {
          style,
          explode,
        } as ObjectStyle,
      )
}
