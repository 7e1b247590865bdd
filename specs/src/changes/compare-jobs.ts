import type { Bundle } from '../openapi.ts'
import { formatPointerToken } from '../pointer.ts'
import type { SpecChange } from './change.ts'

/** Compares job states and error codes, which clients interpret. */
export function compareJobs(before: Bundle, after: Bundle): readonly SpecChange[] {
  return [...compareStates(before, after), ...compareErrorCodes(before, after)]
}

function compareStates(before: Bundle, after: Bundle): SpecChange[] {
  const [old, current] = [before['x-jobs'] ?? {}, after['x-jobs'] ?? {}]
  return Object.entries(current).flatMap(([kind, { states }]) => {
    const known = old[kind]?.states
    if (!known) return []
    return [...new Set([...Object.keys(known), ...Object.keys(states)])].flatMap((state): SpecChange[] => {
      const [was, is] = [known[state]?.is, states[state]?.is]
      if (was === is) return []
      const owner = `/x-jobs/${formatPointerToken(kind)}`
      const pointer = `${owner}/states/${formatPointerToken(state)}`
      const base = { subject: 'job-state', direction: 'response', pointer, owner, name: `${kind}:${state}` } as const
      if (was === undefined) return [{ ...base, size: 'additive', what: `${kind}: the state ${state} (${is}) is new.` }]
      if (is === undefined)
        return [{ ...base, size: 'breaking', what: `${kind}: the state ${state} is removed, so it counts as unknown.` }]
      return [{ ...base, size: 'breaking', what: `${kind}: the state ${state} means ${is} instead of ${was}.` }]
    })
  })
}

function compareErrorCodes(before: Bundle, after: Bundle): SpecChange[] {
  const [old, current] = [before, after].map(({ 'x-errors': errors }) => {
    const entries = Object.entries(errors?.kinds ?? {}).flatMap(([kind, codes]) =>
      codes.map((code): [string, string] => [code, kind]),
    )
    return new Map(entries)
  })
  if (!old || !current) return []
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((code): SpecChange[] => {
    const [was, is] = [old.get(code), current.get(code)]
    if (was === is) return []
    const pointer = `/x-errors/kinds/${is ?? was}`
    const base = { subject: 'error-code', direction: 'response', pointer, owner: pointer, name: code } as const
    if (was === undefined) return [{ ...base, size: 'additive', what: `The error code ${code} (${is}) is new.` }]
    return [
      {
        ...base,
        size: 'breaking',
        what: `The meaning of the error code ${code} changed from ${was} to ${is ?? 'the meaning of its HTTP status'}.`,
      },
    ]
  })
}
