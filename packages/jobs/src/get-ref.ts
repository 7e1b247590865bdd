import { readJob } from '@jobscope/core'
import { readPointer } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import { formatRef } from './job-ref.ts'

/** The ref of a job that a call has made, if it made one that goes on. */
export function refOf(
  kinds: readonly ClientJobKind[],
  service: string,
  operation: string,
  answer: unknown,
  args: object,
): string | undefined {
  const own = kinds.filter(kind => kind.service === service)
  const found = own.find(({ rules }) => Object.hasOwn(rules.create ?? {}, operation))
  if (!found) {
    const known = own.flatMap(({ rules }) => Object.keys(rules.create ?? {}))
    throw new TypeError(`refOf: ${service} makes no job by ${operation}; it does by ${known.join(', ') || 'nothing'}`)
  }
  const { kind, rules } = found
  const { key } = readJob(rules, readPointer(answer, rules.create?.[operation]))
  if (!Object.keys(key).length) return undefined
  const given = { ...(args as { body?: object }).body, ...args } as Record<string, unknown>
  const parts = Object.keys(rules.key).map(part => {
    const value = key[part] ?? `${given[part] ?? ''}`
    if (value) return value
    throw new TypeError(`refOf: ${part} is not in what ${operation} answered; give it in args`)
  })
  return formatRef({ service, kind, key: parts })
}
