import { readPointer } from '../src/pointer.ts'
import { descend, rootOf } from './read.js'

/** Reads code and message of a failure by x-errors, those of the gateway included. */
export function errorCodes(ctx, root) {
  const errors = descend(ctx, rootOf(ctx, root), 'x-errors')
  const gateway = descend(ctx, errors, 'gateway').node ?? {}
  const { code = [], message = [], kinds = {}, other = [] } = errors.node ?? {}
  const first = (pointers, body) =>
    pointers.map(pointer => readPointer(body, pointer)).find(value => value !== undefined && value !== null)
  const ofGateway = Object.values(gateway.kinds ?? {})
    .flat()
    .flatMap(digits => (gateway.prefixes ?? []).map(prefix => `${prefix}.${digits}`))
  const known = new Set([...Object.values(kinds).flat(), ...other, ...ofGateway].map(text => text.toLowerCase()))
  return {
    /** A number counts as the text of its digits. */
    codeOf: body => {
      const found = first([...code, ...(gateway.code ?? [])], body)
      return found === undefined ? undefined : `${found}`
    },
    messageOf: body => first([...message, ...(gateway.message ?? [])], body),
    isKnown: text => known.has(text.toLowerCase()),
  }
}
