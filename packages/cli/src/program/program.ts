import { Command, InvalidArgumentError, Option } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { oneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { jobCommands } from './job-commands.ts'
import { otherCommands } from './other-commands.ts'

/** What a command does; a number is its exit code, else that is 0. */
export type Run = () => Promise<unknown>

/** Declares the commands. What they do is loaded when one is run. */
export function program(terminal: Terminal, done: (code: number) => void): Command {
  const { paint } = terminal
  const title = (text: string) => paint('bold', text)
  const root = new Command('jobscope')
    .description(
      'The jobs of Huawei Cloud and Open Telekom Cloud in a terminal: what runs, what failed, when is it done.',
    )
    .version(manifest.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'say how it is used')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({
      styleTitle: title,
      styleCommandText: text => paint('cyan', text),
      styleSubcommandText: text => paint('cyan', text),
      styleOptionTerm: text => paint('cyan', text),
      styleSubcommandTerm: text => paint('cyan', text),
      showGlobalOptions: false,
    })
    .configureOutput({
      getOutHasColors: () => true,
      getErrHasColors: () => true,
      // On one line, as every other error.
      outputError: text =>
        terminal.note(
          `${paint('red', 'jobscope:')} ${oneLine(text.replace(/^error: /, '').replace(/\n\(Did you mean (.*)\?\)/, ', did you mean $1?'))}`,
        ),
    })
    .addHelpText('after', () => environmentHelp(title))
  const declare: Declare = (signature, summary, examples) => {
    const command = root.command(signature).description(summary)
    command.addHelpText(
      'after',
      `\n${title('Examples:')}\n${examples.map(example => `  ${example}\n`).join('')}`.trimEnd(),
    )
    return command
  }
  const run = async (work: Run) => {
    const result = await work()
    if (typeof result === 'number') done(result)
  }
  jobCommands({ declare, run, terminal })
  otherCommands({ declare, run, terminal, root })
  return root
}

type Declare = (signature: string, summary: string, examples: readonly string[]) => Command

/** What the declarations of commands are given. */
export interface Declaration {
  readonly declare: Declare
  /** Runs what a command does, and keeps its exit code. */
  readonly run: (work: Run) => Promise<void>
  readonly terminal: Terminal
}

const environmentHelp = (title: (text: string) => string): string => `
${title('Exit codes:')}
  0 done · 1 a job failed · 2 wrong use · 3 credentials · 4 network · 5 timed out · 130 interrupted

${title('Against the mock:')}
  jobscope mock --seed-jobs 20 &
  jobscope ls --endpoint http://127.0.0.1:4010`

const collect = (value: string, before: string[] = []): string[] => [...before, value]

/** Names separated by commas, or given one by one. */
export const names = (value: string, before: string[] = []): string[] => [
  ...before,
  ...value
    .split(',')
    .map(name => name.trim())
    .filter(Boolean),
]

export function count(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('must be a number from 1.')
  return Number(value)
}

/** The options that say where and as whom to call. */
export const connected = (command: Command): Command =>
  command
    .optionsGroup('Where and as whom:')
    .option('--profile <name>', 'cloud of clouds.yaml: settings and credentials')
    .option('--cloud <name>', 'huaweicloud or otc')
    .option('--region <id>', 'as in eu-de')
    .option('--project <id>', 'project whose jobs are meant')
    .option('--endpoint <url>', 'the mock, a gateway: one for all services, or service=url (repeatable)', collect)
    .option('--param <name=value>', 'what a service wants besides, as workspace_id (repeatable)', collect)
    .optionsGroup('Options:')

/** The options that say how results are written. */
export const printed = (command: Command): Command =>
  command
    .optionsGroup('Output:')
    .addOption(new Option('--json', 'one JSON object a line').conflicts('yaml'))
    .option('--yaml', 'YAML documents')
    .optionsGroup('Options:')
