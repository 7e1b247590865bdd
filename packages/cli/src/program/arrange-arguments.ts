import { Command } from 'commander'
import { addConnectionOptions, addOutputOptions } from './options.ts'

/**
 * Arranges the arguments as Commander expects them.
 *
 * Moves options for the connection and the output behind the name of the command: `--region eu-de ls` becomes `ls --region eu-de`.
 * Without this step, users could write these options only after the name, because each command declares them itself.
 */
export function arrangeArguments(args: readonly string[]): readonly string[] {
  const start = findEndOfOptions(args, 0)
  const [name, ...others] = args.slice(start)
  if (name === undefined || name.startsWith('-')) return args
  return [name, ...args.slice(0, start), ...omitJobWord(name, others)]
}

/** Returns the position behind the options for the connection and the output that begin at a position. */
function findEndOfOptions(args: readonly string[], start: number): number {
  let position = start
  if (!args[position]?.startsWith('-')) return position
  const { options } = addOutputOptions(addConnectionOptions(new Command()))
  while (position < args.length) {
    const word = args[position] ?? ''
    const [flag] = word.split('=')
    // `-ojson` is the option -o with its value.
    const option = options.find(({ long, short }) => flag === long || (short && word.startsWith(short)))
    if (!option) break
    const hasValueBehind = option.required && (word === option.long || word === option.short)
    position += hasValueBehind ? 2 : 1
  }
  return position
}

/** The commands that take references of jobs, and their aliases. */
const refCommands =
  'get show describe watch wait logs log events metrics retry rerun cancel stop restore delete rm'.split(' ')

/**
 * Removes the word `job` or `jobs` before a reference, because users of kubectl type `get job <name>`.
 *
 * @param args the arguments behind the name of the command
 */
function omitJobWord(name: string, args: readonly string[]): readonly string[] {
  if (!refCommands.includes(name)) return args
  const position = findEndOfOptions(args, 0)
  const [word = '', ref] = args.slice(position)
  const isOmitted = /^jobs?$/.test(word) && ref !== undefined && !ref.startsWith('-')
  return isOmitted ? args.toSpliced(position, 1) : args
}
