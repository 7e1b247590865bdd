import type { WatcherEvent, WatcherEventData } from '../engine/job-event.ts'
import { isKindSelected } from '../engine/kind-selector.ts'
import { findRateConflicts } from '../engine/rate-limit.ts'
import { checkHeaderName } from '../sinks/webhook.ts'
import { checkRules, describeUnusedKey } from './check-rules.ts'
import schema from './config.schema.json' with { type: 'json' }
import type { AccountConfig, Config, SinkConfig } from './config.ts'
import { describePath, type PathProblem } from './config-error.ts'
import { suggestName } from './suggest-name.ts'

/** All kinds of jobs, for example `dli:batch`. */
const knownKinds = schema.$defs.kinds.items.enum.filter(kind => kind.includes(':'))

const sinkKeys: { readonly [type in SinkConfig['type']]: readonly string[] } = {
  webhook: ['type', 'name', 'types', 'url', 'secret', 'headers', 'template', 'retryFor'],
  command: ['type', 'name', 'types', 'command', 'retryFor'],
  stdout: ['type', 'name', 'types'],
}

/** The fields that a template can contain. As an object, so that the compiler reports a missing field. */
const templateFields: {
  readonly [field in
    | keyof Required<WatcherEventData>
    | keyof Pick<WatcherEvent, 'type' | 'source' | 'id' | 'time'>]: true
} = {
  name: true,
  state: true,
  reason: true,
  ref: true,
  type: true,
  source: true,
  rule: true,
  day: true,
  owner: true,
  rawState: true,
  previousState: true,
  previousRawState: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  duration: true,
  id: true,
  time: true,
}

/** Finds the mistakes that the schema cannot express. */
export const checkValues = ({ database, accounts, sinks = [], rules = [] }: Config): PathProblem[] => [
  ...(typeof database === 'string' ? checkDatabase(database) : []).map(message => ({ path: ['database'], message })),
  ...accounts.flatMap((account, index) => checkAccount(account, index, accounts)),
  ...findRateConflicts(accounts).map(({ index, key, message }) => ({ path: ['accounts', index, key], message })),
  ...sinks.flatMap((sink, index) => checkSink(sink, index, sinks)),
  ...checkRules(rules),
  ...rules.flatMap((rule, index) =>
    (rule.accounts ?? []).flatMap((name, position) => {
      const names = [...new Set(accounts.map(account => account.name))]
      if (names.includes(name)) return []
      const path = ['rules', index, 'accounts', position]
      const message = `${describePath(path)} is "${name}".${suggestName(name, names)} Expected one of: ${names.join(', ')}.`
      return [{ path, message }]
    }),
  ),
]

/** Finds the mistakes in the location of a database. The messages do not contain the location, because it can contain a password. */
export function checkDatabase(location: string): string[] {
  if (location === '') return ['database is empty. Use postgres://…, or the path of a folder.']
  const scheme = /^[a-z][a-z+.-]+:\/\//i.exec(location)?.[0]
  if (scheme === undefined) return []
  if (!/^postgres(ql)?:\/\/$/.test(scheme)) {
    return [`The database begins with ${scheme}, which is not supported. Use postgres://…, or a folder.`]
  }
  return URL.canParse(location) ? [] : ['The URL of the database is invalid. Use postgres://user@host/name.']
}

function checkAccount(
  { name, region, project, services, kinds, workspace, resource }: AccountConfig,
  index: number,
  accounts: readonly AccountConfig[],
): PathProblem[] {
  const problems: PathProblem[] = []
  const report = (path: readonly (string | number)[], message: string) =>
    problems.push({ path: ['accounts', index, ...path], message })
  const isSame = (other: AccountConfig) => other.name === name && other.region === region && other.project === project
  if (accounts.findIndex(isSame) < index) {
    report(['name'], `Two accounts have the name "${name}" and the same region and project. Remove one of them.`)
  }
  const watched = services ?? getDefaultServices(workspace)
  const available = knownKinds.filter(kind => watched.includes(kind.split(':')[0] ?? ''))
  const isSelected = (name: string, selectors: readonly string[] | undefined) => {
    const [service = '', kind = ''] = name.split(':')
    return isKindSelected({ service, kind }, selectors)
  }
  kinds?.forEach((selector, position) => {
    if (available.some(kind => isSelected(kind, [selector]))) return
    const place = `accounts[${index}].kinds[${position}]`
    const service = knownKinds.find(kind => isSelected(kind, [selector]))?.split(':')[0]
    const advice = service === 'res' && !services ? 'RES needs "workspace". Add it.' : `Add "${service}" to "services".`
    report(['kinds', position], `${place} is "${selector}", but the account does not watch this service. ${advice}`)
  })
  const selected = available.filter(kind => isSelected(kind, kinds))
  const needsWorkspace = selected.find(kind => kind.startsWith('res:'))
  if (needsWorkspace !== undefined && workspace === undefined) {
    report([], `accounts[${index}] watches RES but has no "workspace". Add the ID of the workspace.`)
  } else if (selected.includes('res:job-instance') && resource === undefined) {
    const advice = 'Add it, or leave out this kind with "kinds".'
    report([], `accounts[${index}] watches jobs of the kind res:job-instance but has no "resource". ${advice}`)
  }
  return problems
}

/** Returns the services of an account whose configuration does not list services. */
export const getDefaultServices = (workspace: string | undefined): readonly string[] =>
  workspace === undefined ? ['dli', 'modelarts', 'cs'] : ['dli', 'modelarts', 'cs', 'res']

function checkSink(sink: SinkConfig, index: number, sinks: readonly SinkConfig[]): PathProblem[] {
  const { type, url, headers = {}, template } = sink
  const place = describePath(['sinks', index])
  const problems: PathProblem[] = []
  const report = (path: readonly (string | number)[], message: string, isKey = false) =>
    problems.push({ path: ['sinks', index, ...path], message, isKey })
  const getName = (other: SinkConfig) => other.name ?? other.type
  if (sinks.findIndex(other => getName(other) === getName(sink)) < index) {
    report([], `Two sinks have the name "${getName(sink)}". Set a different "name" for one of them.`)
  }
  for (const key of Object.keys(sink)) {
    if (!sinkKeys[type].includes(key)) {
      report([key], `${place} ${describeUnusedKey('sink', type, key, sinkKeys[type])}`, true)
    }
  }
  if (typeof url === 'string') {
    for (const problem of checkUrl(url)) report(['url'], `${place}.url ${problem}`)
  }
  for (const [header, value] of Object.entries(headers)) {
    for (const problem of checkHeaderName(header)) report(['headers', header], `${place} ${problem}`, true)
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(header)) {
      report(
        ['headers', header],
        `${place}.headers has the invalid name "${header}". Use letters, digits and "-".`,
        true,
      )
    } else if (typeof value === 'string') {
      for (const problem of checkHeader(value)) report(['headers', header], `${place}.headers.${header} ${problem}`)
    }
  }
  const fields = Object.keys(templateFields)
  for (const [, field = ''] of template?.matchAll(/\{(\w+)\}/g) ?? []) {
    if (!fields.includes(field)) {
      const expected = `Expected one of: ${fields.join(', ')}.`
      report(
        ['template'],
        `${place}.template has the unknown field {${field}}.${suggestName(field, fields)} ${expected}`,
      )
    }
  }
  return problems
}

/** Finds the mistakes in the URL of a webhook. The messages do not contain the URL, because it can contain a secret. */
export function checkUrl(text: string): string[] {
  if (!URL.canParse(text)) return ['is not a URL. Use https://….']
  const { protocol, username, password } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return [`begins with ${protocol}//. Use https:// or http://.`]
  if (username === '' && password === '') return []
  return [
    'contains a user name or a password, which webhooks do not support. Use headers: { authorization: { env: NAME } } instead.',
  ]
}

/** Finds the mistakes in the value of a header. The messages do not contain the value, because it can be a secret. */
export const checkHeader = (value: string): string[] =>
  /^[\t\x20-\x7e\x80-\xff]+$/.test(value)
    ? []
    : ['contains a line break or another character that a header cannot contain. Remove it.']
