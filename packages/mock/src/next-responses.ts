import { type NextResponse, NextResponseError } from './next-response.ts'
import { getExamples, type Operation } from './operation.ts'
import type { MockService } from './service.ts'
import { suggestName } from './suggest-name.ts'

/** The responses that `respondOnce` sets for the next calls. */
export interface NextResponses {
  add(operation: string, response: NextResponse): void
  /** Counts a call of the operation. If responses are due for this call, takes the one that was added first. The others stay due. */
  take(service: string, operation: string): NextResponse | undefined
}

export function createNextResponses(services: readonly MockService[]): NextResponses {
  const waiting: { service: string; operation: string; response: NextResponse; remaining: number }[] = []
  const known = services.flatMap(service => service.operations.map(operation => ({ service, operation })))

  function find(name: string): { service: MockService; operation: Operation } {
    const found = known.filter(({ service, operation }) =>
      [operation.iid, `${service.name}:${operation.iid}`].includes(name),
    )
    const [first] = found
    if (first && found.length === 1) return first
    const names = known.map(({ operation }) => operation.iid ?? '')
    if (!first) throw new NextResponseError(`Unknown operation "${name}".${suggestName(name, names)}`)
    const choices = found.map(({ service }) => `${service.name}:${name}`).join(' or ')
    throw new NextResponseError(`Several services have an operation "${name}". Use ${choices}.`)
  }

  return {
    add(name, response) {
      const { service, operation } = find(name)
      checkResponse(service, operation, response)
      waiting.push({ service: service.name, operation: operation.iid ?? '', response, remaining: response.after ?? 0 })
    },
    take(service, operation) {
      const responses = waiting.filter(each => each.service === service && each.operation === operation)
      const due = responses.find(({ remaining }) => remaining === 0)
      for (const each of responses) each.remaining = Math.max(0, each.remaining - 1)
      if (due) waiting.splice(waiting.indexOf(due), 1)
      return due?.response
    },
  }
}

function checkResponse(service: MockService, operation: Operation, response: NextResponse): void {
  const { example, status, state, after = 0 } = response
  const { iid: name = '' } = operation
  if (!Number.isInteger(after) || after < 0) {
    throw new NextResponseError(
      `The option after is ${after} for ${name}. It must be a whole number of calls, 0 or more.`,
    )
  }
  if ([example, status, state].filter(each => each !== undefined).length !== 1) {
    throw new NextResponseError(`Set exactly one of example, status and state for ${name}.`)
  }
  const examples = getExamples(operation)
  const list = (values: readonly unknown[]) => [...new Set(values)].join(', ') || 'none'
  if (example !== undefined && !examples.some(each => each.name === example)) {
    const names = examples.map(each => each.name)
    throw new NextResponseError(
      `${name} has no example "${example}".${suggestName(example, names)} Examples: ${list(names)}.`,
    )
  }
  if (status !== undefined && !examples.some(each => each.status === status)) {
    throw new NextResponseError(
      `${name} has no example with status ${status}. Statuses: ${list(examples.map(each => each.status))}.`,
    )
  }
  if (state === undefined) return
  const states = service.simulation?.getStates(operation) ?? []
  if (!states.includes(state))
    throw new NextResponseError(`${name} cannot show the state "${state}". States: ${list(states)}.`)
}
