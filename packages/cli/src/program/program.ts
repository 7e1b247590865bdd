import { Command } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { Declaration } from './declaration.ts'
import { exitCodeTable } from './help-texts.ts'
import { declareJobCommands } from './job-commands.ts'
import { declareOtherCommands } from './other-commands.ts'

/**
 * Declares all commands. The code of a command is loaded when it runs.
 *
 * @param onExitCode called with the exit code of a command that has one
 */
export function createProgram(terminal: Terminal, onExitCode: (code: number) => void): Command {
  const { paint } = terminal
  const heading = (text: string) => paint('bold', text)
  const highlight = (text: string) => paint('cyan', text)
  const root = new Command('jobscope')
    .description('List, watch, submit and cancel jobs on Huawei Cloud and Open Telekom Cloud.')
    .version(manifest.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({
      styleTitle: heading,
      styleCommandText: highlight,
      styleSubcommandText: highlight,
      styleOptionTerm: highlight,
      styleSubcommandTerm: highlight,
      showGlobalOptions: false,
      // Arguments and options are in the help of each command.
      subcommandTerm: command => command.name(),
    })
    .configureOutput({
      getOutHasColors: () => true,
      getErrHasColors: () => true,
      outputError: text => terminal.note(`${paint('red', 'jobscope:')} ${formatUsageError(text)}`),
    })
    .addHelpText(
      'after',
      () => `
${heading('Exit codes:')}
${exitCodeTable()}
${heading('Try it with a mock server:')}
  jobscope mock --seed-jobs 20 &
  jobscope ls --endpoint http://127.0.0.1:4010`,
    )
  const declaration: Declaration = {
    terminal,
    heading,
    declare(name, description, examples) {
      const lines = examples.map(example => `  ${example}`)
      return root
        .command(name)
        .description(description)
        .addHelpText('after', `\n${[heading('Examples:'), ...lines].join('\n')}`)
    },
    async run(action) {
      const result = await action()
      if (typeof result === 'number') onExitCode(result)
    },
  }
  declareJobCommands(declaration)
  declareOtherCommands(declaration, root)
  return root
}

/** Formats the text of an error of Commander on one line, like all other errors. */
function formatUsageError(text: string): string {
  const [message = '', suggestion] = text.replace(/^error: /, '').split(/\n\(Did you mean (.*)\?\)/)
  return toOneLine(suggestion === undefined ? message : `${message}. Did you mean ${suggestion}?`)
}
