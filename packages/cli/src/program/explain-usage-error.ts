import { Command } from 'commander'
import { toOneLine } from '../terminal/sanitize.ts'
import { addFilterOptions, addStateOptions } from './options.ts'

/**
 * Options of kubectl, gh and other programs, each with the options of `jobscope` that do the same. The most specific option comes
 * first.
 */
const foreignOptions: { readonly [option: string]: readonly string[] } = {
  '--sort-by': ['--sort'],
  '--wide': ['-o wide'],
  '-n': ['--queue', '--tail'],
  '--namespace': ['--queue'],
  '-A': ['--all'],
  '--all-namespaces': ['--all'],
  '-L': ['--limit'],
  '-l': ['--field-selector'],
  '--selector': ['--field-selector'],
  '--status': ['--state'],
  '--user': ['--owner'],
  '--format': ['--output'],
  '--jq': ['--query'],
  '--lines': ['--tail'],
  '--force': ['--yes'],
  '--fail': ['--failed'],
  '-q': ['-o name'],
  '--quiet': ['-o name'],
  '--no-headers': ['-o name'],
  '-v': ['--version', '-o wide'],
  '--verbose': ['-o wide'],
}

/** For each command: options of other programs that `jobscope` does not have, each with a sentence that says what to do instead. */
const hints: { readonly [command: string]: { readonly [option: string]: string } | undefined } = {
  cancel: {
    '--all': 'To cancel several jobs, select them with --queue, --kind, --name, --state or --since',
  },
  wait: { '--for': 'Use --until ended or --until running' },
  logs: {
    '--previous': 'Omit it: each job has only one log. A job that was submitted again is a new job',
    '-p': 'Omit it: each job has only one log. A job that was submitted again is a new job',
  },
  submit: {
    '-f': 'Pass the kind of job and the file, without -f: jobscope submit <kind> <file>',
    '--file': 'Pass the kind of job and the file, without --file: jobscope submit <kind> <file>',
    '--filename': 'Pass the kind of job and the file, without --filename: jobscope submit <kind> <file>',
  },
}

/** Adds advice to an error message of Commander: which option to use instead, or which argument to pass. */
export function explainUsageError(message: string, command: Command, example: string | undefined): string {
  const [, option = ''] = /^unknown option '([^'=]*)/.exec(message) ?? []
  const [, argument] = /^missing required argument '([^']*)'/.exec(message) ?? []
  if (argument === 'ref') {
    const hint = 'Pass the reference of a job (see jobscope ls), its name, or the beginning of its ID'
    return `Missing argument <ref>. ${hint}${example === undefined ? '.' : `, for example: ${example}`}`
  }
  if (argument === 'kind' && command.name() === 'submit') {
    return 'Missing argument <kind>. Pass the kind of job (see jobscope states) and a file, for example: jobscope submit dli:batch job.yaml'
  }
  if (command.name() === 'ls' && message.startsWith('too many arguments')) {
    const [name = ''] = command.args
    return toOneLine(
      `ls accepts no arguments. To find jobs by name, run: jobscope ls --name ${name}. To show one job, run: jobscope get ${name}`,
    )
  }
  const hint = hints[command.name()]?.[option]
  if (hint !== undefined) return `unknown option '${option}'. ${hint}`
  const selecting = findSelectingOption(option, command)
  if (selecting !== undefined) {
    return `unknown option '${option}'. To select jobs, run: jobscope ${command.name()} $(jobscope ls ${selecting} -o name)`
  }
  if (/^(-w|--watch)$/.test(option)) return `${message.split('.')[0]}. To watch jobs, run: jobscope watch`
  const meant = Object.hasOwn(foreignOptions, option) ? foreignOptions[option] : undefined
  const found = meant?.find(text => {
    const [name] = text.split(' ')
    return command.options.some(({ long, short }) => name === long || name === short)
  })
  return found === undefined ? message : `unknown option '${option}'. Did you mean ${found}?`
}

/** If the option selects jobs in `ls`, and the command accepts references instead, returns the option with its value: `--queue <names>`. */
function findSelectingOption(option: string, command: Command): string | undefined {
  const takesRefs = command.registeredArguments.some(argument => argument.name() === 'ref')
  if (!takesRefs || command.options.some(({ long }) => long === option)) return undefined
  return addFilterOptions(addStateOptions(new Command())).options.find(({ long }) => long === option)?.flags
}
