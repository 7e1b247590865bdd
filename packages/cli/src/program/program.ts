import { Command, Help } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { wrapText } from '../terminal/wrap-text.ts'
import { arrangeArguments } from './arrange-arguments.ts'
import type { CommandContext } from './command-definition.ts'
import { explainUsageError } from './explain-usage-error.ts'
import { exitCodeTable } from './help-texts.ts'
import { commandEntries, findCommandEntry, findSimilarCommand } from './registry.ts'

/**
 * Runs the command that the arguments name. All commands are declared by name, but only the code of the named command is loaded.
 *
 * @param onExitCode called if the command returns an exit code
 */
export async function runProgram(
  args: readonly string[],
  terminal: Terminal,
  onExitCode: (code: number) => void,
): Promise<void> {
  const arranged = arrangeArguments(args)
  const root = createRoot(terminal)
  const context: CommandContext = {
    terminal,
    root,
    heading: text => terminal.paint('bold', text),
    async run(action) {
      const result = await action()
      if (typeof result === 'number') onExitCode(result)
    },
    loadCommand: name => loadCommand(name, context),
  }
  for (const { name, aliases = [], group, summary } of commandEntries) {
    const command = root
      .command(name, { hidden: group === undefined })
      .aliases(aliases)
      .description(summary)
    if (group !== undefined) command.helpGroup(group)
  }
  const [name] = arranged
  if (name !== undefined && !name.startsWith('-') && !(await context.loadCommand(name))) {
    const similar = findSimilarCommand(name)
    root.error(
      `error: unknown command '${name}'.${similar === undefined ? ' Run jobscope --help to list all commands.' : ` Did you mean ${similar}?`}`,
    )
  }
  await root.parseAsync([...arranged], { from: 'user' })
}

/** The commands whose definition was added. */
const loadedCommands = new WeakSet<Command>()

async function loadCommand(text: string, context: CommandContext): Promise<Command | undefined> {
  const entry = findCommandEntry(text)
  const command = context.root.commands.find(each => each.name() === entry?.name)
  if (!entry || !command || loadedCommands.has(command)) return command
  loadedCommands.add(command)
  const { examples, define } = (await entry.load()).definition
  const lines = examples.map(example => `  ${example}`)
  if (lines.length > 0) command.addHelpText('after', `\n${[context.heading('Examples:'), ...lines].join('\n')}`)
  define(command, context)
  command.configureOutput({
    outputError: text => {
      const { note, paint } = context.terminal
      note(`${paint('red', 'jobscope:')} ${explainUsageError(formatUsageError(text), command, examples[0])}`)
    },
  })
  return command
}

/** The width of a help text on a wide terminal or in a pipe. */
const defaultColumns = 80
/** Below this width, a help text does not show names and descriptions side by side. */
const minColumnsForTable = 60

function createRoot(terminal: Terminal): Command {
  const { paint } = terminal
  const { columns } = terminal.size()
  const heading = (text: string) => paint('bold', text)
  const highlight = (text: string) => paint('cyan', text)
  const root = new Command('jobscope')
  return root
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
      minWidthToWrap: 24,
      // On a narrow terminal, descriptions are below the names.
      formatItem(term, termWidth, description, helper) {
        if ((helper.helpWidth ?? defaultColumns) >= minColumnsForTable)
          return Help.prototype.formatItem.call(this, term, termWidth, description, helper)
        const text = wrapText(`    ${description}`, helper.helpWidth ?? defaultColumns)
        return description ? `  ${term}\n${text}` : `  ${term}`
      },
      // The list of commands shows only names, because the help of each command shows its arguments and options.
      subcommandTerm: command => command.name(),
    })
    .configureOutput({
      writeOut: text => void terminal.print(wrapText(text, columns, { hangingIndent: 4 })),
      writeErr: text => terminal.note(text.replace(/\n$/, '')),
      getOutHelpWidth: () => Math.min(columns, defaultColumns),
      getErrHelpWidth: () => Math.min(columns, defaultColumns),
      getOutHasColors: () => true,
      getErrHasColors: () => true,
      outputError: text =>
        terminal.note(`${paint('red', 'jobscope:')} ${explainUsageError(formatUsageError(text), root, undefined)}`),
    })
    .addHelpText(
      'after',
      () => `
${heading('Exit codes:')}
${exitCodeTable()}
${heading('Try it with a mock server:')}
  jobscope mock --seed-jobs 20 &
  export JOBSCOPE_ENDPOINT=http://127.0.0.1:4010  # default of --endpoint
  jobscope ls

${heading('Credentials:')}
For example, set OS_TOKEN or HUAWEICLOUD_SDK_AK, or use a profile.
jobscope login --help lists all sources. jobscope configure writes a profile.`,
    )
}

/** Formats an error message of Commander on one line, like all other error messages. */
function formatUsageError(text: string): string {
  const [message = '', suggestion] = text.replace(/^error: /, '').split(/\n\(Did you mean (.*)\?\)/)
  return toOneLine(suggestion === undefined ? message : `${message}. Did you mean ${suggestion}?`)
}
