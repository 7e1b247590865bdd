import { type JobKind, readJob } from '@jobscope/core'
import { services } from '@jobscope/specs'
import { describe, expect, test } from 'vitest'
import { packages } from '../src/clients.ts'
import { documents } from '../src/document.ts'

/** An object with `value` at a JSON Pointer. */
const objectWith = (pointer: string, value: unknown): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduceRight<unknown>((inner, name) => ({ [name]: inner }), value)

describe.each(services)('%s', service => {
  const specified = documents.get(service)?.['x-jobs'] ?? {}
  const generated: { readonly [kind: string]: JobKind } = packages[service].jobs

  test('has the job kinds of its spec', () => {
    expect(Object.keys(generated)).toEqual(Object.keys(specified))
  })

  const states = Object.entries(specified).flatMap(([kind, { fields, states }]) =>
    Object.entries(states).map(([wire, state]) => {
      return { kind, wire, at: fields.state, is: typeof state === 'string' ? state : state.is }
    }),
  )
  test.each(states)('$kind: $wire is $is', ({ kind, wire, at, is }) => {
    const entry = generated[kind]
    if (!entry) throw new Error(`@jobscope/${service} has no job kind ${kind}: run \`pnpm generate\`.`)
    const read = readJob(entry, objectWith(at, wire))
    expect([read.state, read.rawState]).toEqual([is, wire])
    // Some kinds send their states as numbers.
    if (/^\d+$/.test(wire)) expect(readJob(entry, objectWith(at, Number(wire))).state).toBe(is)
  })
})
