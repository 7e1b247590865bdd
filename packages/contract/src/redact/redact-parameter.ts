import type { ParameterContract } from '../schema/operation.ts'
import { type RedactValueOptions, redactString } from './redact-value.ts'

/** The maximum number of characters of a number that is kept. A longer number could be a secret. */
const maxNumberLength = 15

/** Redacts the value of a parameter in a path, a query or a header. Without `parameter`, the spec does not document the parameter. */
export function redactParameter(
  value: string,
  name: string,
  parameter: ParameterContract | undefined,
  options: RedactValueOptions,
): string {
  if (parameter === undefined) return redactString(value, undefined, name, options)
  const validate = parameter.getValidator()
  // Numbers are kept, as in bodies.
  const isShortNumber = value.trim() !== '' && value.length <= maxNumberLength && Number.isFinite(Number(value))
  if (!parameter.isArray && parameter.isNumber && isShortNumber) return value
  const shape = parameter.getShape()
  if (!parameter.isArray) return redactString(value, shape, name, options, text => Boolean(validate(text)))
  const redactItem = (text: string) =>
    redactString(text, shape.items ?? shape, name, options, item => Boolean(validate([item])))
  return parameter.isJoined ? value.split(',').map(redactItem).join(',') : redactItem(value)
}
