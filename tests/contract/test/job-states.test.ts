import { type JobKind, readJob } from '@jobscope/core'
import { services } from '@jobscope/specs'
import { describe, expect, test } from 'vitest'
import { packages } from '../src/clients.ts'
import { documents } from '../src/document.ts'

/** Creates an object with a value at a JSON Pointer. */
const createObject = (pointer: string, value: unknown): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduceRight<unknown>((inner, name) => ({ [name]: inner }), value)

describe.each(services)('%s', service => {
  const specified = documents.get(service)?.['x-jobs'] ?? {}
  const generated: { readonly [kind: string]: JobKind } = packages[service].jobs

  test('the client has the job kinds of its spec', () => {
    expect(Object.keys(generated)).toEqual(Object.keys(specified))
  })

  const states = Object.entries(specified).flatMap(([kind, { fields, states }]) =>
    Object.entries(states).map(([wire, state]) => {
      return { kind, wire, at: fields.state, is: state.is }
    }),
  )
  test.each(states)('the state $wire of the kind $kind is $is', ({ kind, wire, at, is }) => {
    const entry = generated[kind]
    if (!entry) throw new Error(`@jobscope/${service} has no job kind ${kind}: run \`pnpm generate\`.`)
    const read = readJob(entry, createObject(at, wire))
    expect([read.state, read.rawState]).toEqual([is, wire])
    // The jobs of some kinds have numbers as states.
    if (/^\d+$/.test(wire)) expect(readJob(entry, createObject(at, Number(wire))).state).toBe(is)
  })
})
