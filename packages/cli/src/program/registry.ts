import { findSimilarName } from '@jobscope/specs/similar-name'
import type { CommandEntry } from './command-definition.ts'

const reading = 'Find and read jobs:'
const acting = 'Create and change jobs:'
const contract = 'Compare traffic with the specs:'
const service = 'Services and settings:'

/** All commands, in the order of `jobscope --help`. To add a command, add an entry here and a file in `definitions`. */
export const commandEntries: readonly CommandEntry[] = [
  {
    name: 'ls',
    aliases: ['list'],
    group: reading,
    summary: 'List the jobs of all services, newest first.',
    load: () => import('./definitions/ls.ts'),
  },
  {
    name: 'get',
    aliases: ['show'],
    group: reading,
    summary: 'Show all details of jobs.',
    load: () => import('./definitions/get.ts'),
  },
  {
    name: 'describe',
    group: reading,
    summary: 'Explain one job: reason, states over time, next commands and request.',
    load: () => import('./definitions/describe.ts'),
  },
  {
    name: 'watch',
    group: reading,
    summary: 'Watch jobs and print their state changes.',
    load: () => import('./definitions/watch.ts'),
  },
  {
    name: 'ui',
    group: reading,
    summary: 'Show all jobs on a local web page.',
    load: () => import('./definitions/ui.ts'),
  },
  {
    name: 'top',
    group: reading,
    summary: 'Show all jobs full-screen: select, filter, sort, read logs, cancel.',
    load: () => import('./definitions/top.ts'),
  },
  {
    name: 'wait',
    group: reading,
    summary: 'Wait until jobs have ended.',
    load: () => import('./definitions/wait.ts'),
  },
  {
    name: 'logs',
    aliases: ['log'],
    group: reading,
    summary: 'Print the log of a job. Not every kind of job has logs.',
    load: () => import('./definitions/logs.ts'),
  },
  {
    name: 'events',
    group: reading,
    summary: 'Print the events of a job. Not every kind of job has events.',
    load: () => import('./definitions/events.ts'),
  },
  {
    name: 'metrics',
    group: reading,
    summary: 'Print measurements of a job. Not every kind of job has them.',
    load: () => import('./definitions/metrics.ts'),
  },
  {
    name: 'submit',
    aliases: ['create'],
    group: acting,
    summary: 'Validate a JSON or YAML file and create a job from it.',
    load: () => import('./definitions/submit.ts'),
  },
  {
    name: 'retry',
    aliases: ['rerun'],
    group: acting,
    summary: 'Submit a job again, or start it again.',
    load: () => import('./definitions/retry.ts'),
  },
  {
    name: 'cancel',
    group: acting,
    summary: 'Request the cancellation of jobs.',
    load: () => import('./definitions/cancel.ts'),
  },
  {
    name: 'stop',
    group: acting,
    summary: 'Stop jobs, optionally with a savepoint.',
    load: () => import('./definitions/stop.ts'),
  },
  {
    name: 'restore',
    group: acting,
    summary: 'Start stopped jobs from their latest savepoints.',
    load: () => import('./definitions/restore.ts'),
  },
  {
    name: 'delete',
    aliases: ['rm'],
    group: acting,
    summary: 'Delete jobs and their records.',
    load: () => import('./definitions/delete.ts'),
  },
  {
    name: 'record',
    group: contract,
    summary: 'Record the traffic of any program through a proxy, and redact private values.',
    load: () => import('./definitions/record.ts'),
  },
  {
    name: 'check',
    group: contract,
    summary: 'Compare recorded traffic with the specs.',
    load: () => import('./definitions/check.ts'),
  },
  {
    name: 'upgrade-check',
    group: contract,
    summary: 'Show which changes of newer specs affect recorded traffic.',
    load: () => import('./definitions/upgrade-check.ts'),
  },
  {
    name: 'verify',
    group: contract,
    summary: 'Call read-only operations, and compare the responses with the specs.',
    load: () => import('./definitions/verify.ts'),
  },
  {
    name: 'api',
    group: service,
    summary: 'Call any operation of any service, or list all operations.',
    load: () => import('./definitions/api.ts'),
  },
  {
    name: 'states',
    aliases: ['kinds'],
    group: service,
    summary: 'List the kinds of jobs, or explain the states of one kind.',
    load: () => import('./definitions/states.ts'),
  },
  {
    name: 'configure',
    group: service,
    summary: 'Ask for the settings of a profile, store them and test them.',
    load: () => import('./definitions/configure.ts'),
  },
  {
    name: 'whoami',
    group: service,
    summary: 'Show which credentials, region and project are used.',
    load: () => import('./definitions/whoami.ts'),
  },
  {
    name: 'login',
    group: service,
    summary: 'Show which credentials are found and which jobs they can read.',
    load: () => import('./definitions/login.ts'),
  },
  {
    name: 'mock',
    group: service,
    summary: 'Start a mock server of all services.',
    load: () => import('./definitions/mock.ts'),
  },
  {
    name: 'mcp',
    group: service,
    summary: 'Serve the jobs to AI assistants (Model Context Protocol).',
    load: () => import('./definitions/mcp.ts'),
  },
  {
    name: 'serve',
    group: service,
    summary: 'Watch the jobs of many accounts, and report events to sinks.',
    load: () => import('./definitions/serve.ts'),
  },
  {
    name: 'completion',
    group: service,
    summary: 'Print a completion script for a shell.',
    load: () => import('./definitions/completion.ts'),
  },
  {
    name: 'help',
    group: service,
    summary: 'Print the help of jobscope or of a command.',
    load: () => import('./definitions/help.ts'),
  },
  {
    name: 'version',
    group: service,
    summary: 'Print the version.',
    load: () => import('./definitions/version.ts'),
  },
  {
    name: '__complete',
    group: undefined,
    summary: 'Print the possible completions of the last word, for the shell.',
    load: () => import('./definitions/complete.ts'),
  },
]

/** Finds a command by its name or one of its aliases. */
export const findCommandEntry = (text: string): CommandEntry | undefined =>
  commandEntries.find(({ name, aliases = [] }) => [name, ...aliases].includes(text))

/** Commands of kubectl, gh and other programs, each with the command of `jobscope` that does the same. */
const foreignCommands: { readonly [name: string]: string } = {
  apply: 'submit',
  auth: 'login',
  config: 'configure',
  job: 'ls',
  jobs: 'ls',
  kill: 'cancel',
  ps: 'ls',
  restart: 'retry',
  resubmit: 'retry',
  run: 'submit',
  start: 'submit',
  status: 'get',
  tail: 'logs',
  view: 'describe',
}

/** Finds the command that the user probably meant. `text` is a misspelled command, or the name that another program uses for it. */
export const findSimilarCommand = (text: string): string | undefined =>
  (Object.hasOwn(foreignCommands, text) ? foreignCommands[text] : undefined) ??
  findSimilarName(
    text,
    commandEntries.flatMap(({ name, aliases = [], group }) => (group === undefined ? [] : [name, ...aliases])),
  )
