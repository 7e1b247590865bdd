import { readPointer } from '../src/pointer.ts'
import { descend, rootOf } from './read.js'

/** Reads the code and the message of an error response with the pointers of x-errors, including the pointers of the gateway. */
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
    /** Converts a number to a string, because x-errors lists codes as strings. */
    codeOf: body => {
      const found = first([...code, ...(gateway.code ?? [])], body)
      return found === undefined ? undefined : `${found}`
    },
    messageOf: body => first([...message, ...(gateway.message ?? [])], body),
    isKnown: text => known.has(text.toLowerCase()),
  }
}
