import type { Operation } from '../read/operation.ts'
import type { Service } from '../read/service.ts'
import { formatLiteral } from '../text/literal.ts'
import { type Arguments, getExample, getRequiredArguments } from './arguments.ts'
import { getPaging, isPageParameter, omitPaging } from './lists.ts'

/** The code of a call that a user would write. */
interface Call {
  readonly code: string
  /** Name of the variable that contains the response. Undefined if the response has no body. */
  readonly variable: string | undefined
}

export function buildCall(service: Service, operation: Operation): Call {
  const variable = operation.success.schema ? chooseVariableName(service, operation) : undefined
  const start = `${variable ? `const ${variable} = ` : ''}await ${service.name}.${operation.id}(`
  const args = getTypicalArguments(service, operation)
  const text = Object.keys(args).length > 0 ? formatLiteral(args, { before: start.length, after: 1 }) : ''
  return { code: `${start}${text})`, variable }
}

/** Returns the loop over the items of all pages of a list. */
export function buildLoop(service: Service, operation: Operation, item: string, body: readonly string[]): string {
  const start = `for await (const ${item} of ${service.name}.${operation.id}.all(`
  const args = getTypicalArguments(service, operation)
  const text = Object.keys(args).length > 0 ? formatLiteral(args, { before: start.length, after: 4 }) : ''
  return [`${start}${text})) {`, ...body.map(line => `  ${line}`), '}'].join('\n')
}

/** Maximum number of optional parameters in a sample. */
const maxOptionalParameters = 3

/**
 * Returns the required arguments and a few optional arguments. For a list of jobs, `x-jobs` can name the arguments that return the newest
 * jobs first. If it does, these are the only optional arguments.
 */
function getTypicalArguments(service: Service, operation: Operation): Arguments {
  const { body, ...required } = getRequiredArguments(service, operation)
  const kind = service.jobs.find(({ table }) => table.list?.operation === operation.id)
  const optional = kind?.table.list?.['args'] ?? getOptionalExamples(service, operation)
  const all = { ...required, ...(optional as Arguments), ...(body !== undefined && { body }) }
  const paging = getPaging(operation)
  return paging ? omitPaging(paging, all) : all
}

/** Returns the first optional arguments. Skips page parameters and arguments with empty values. */
function getOptionalExamples(service: Service, operation: Operation): Arguments {
  const paging = getPaging(operation)
  const entries = operation.parameters
    .filter(parameter => !parameter.required && !parameter.deprecated && !parameter.fromClient)
    .filter(parameter => !paging || !isPageParameter(paging, parameter.name))
    .flatMap(parameter => {
      const value = getExample(service, parameter)
      return value === undefined || value === '' ? [] : [[parameter.name, value] as const]
    })
  return Object.fromEntries(entries.slice(0, maxOptionalParameters))
}

/**
 * Returns the name of the variable for the response, such as `batch` for `getBatch`. If the job is only a part of the response, the name is
 * `response`.
 */
function chooseVariableName({ jobs, name }: Service, { id }: Operation): string {
  const wrapped = jobs.some(({ table: { get } }) => get.operation === id && get.at !== '')
  const noun = /^(get|create)[A-Z]/.test(id) ? id.match(/[A-Z][a-z]+(?=(?:V\d+)?$)/)?.[0].toLowerCase() : undefined
  return wrapped || !noun || noun === name || noun === 'jobs' ? 'response' : noun
}
