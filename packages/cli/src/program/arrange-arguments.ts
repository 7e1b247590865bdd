import { Command } from 'commander'
import { addConnectionOptions, addOutputOptions } from './options.ts'

/**
 * Arranges the arguments as Commander expects them.
 *
 * Moves options for the connection and the output behind the name of the command: `--region eu-de ls` becomes `ls --region eu-de`.
 * Without this step, users could write these options only after the name, because each command declares them itself.
 */
export function arrangeArguments(args: readonly string[]): readonly string[] {
  return omitJobWord(moveOptions(args))
}

function moveOptions(args: readonly string[]): readonly string[] {
  if (!args[0]?.startsWith('-')) return args
  const { options } = addOutputOptions(addConnectionOptions(new Command()))
  let position = 0
  while (position < args.length) {
    const word = args[position] ?? ''
    const [flag] = word.split('=')
    // `-ojson` is the option -o with its value.
    const option = options.find(({ long, short }) => flag === long || (short && word.startsWith(short)))
    if (!option) break
    const hasValueBehind = option.required && (word === option.long || word === option.short)
    position += hasValueBehind ? 2 : 1
  }
  const [name, ...others] = args.slice(position)
  if (name === undefined || name.startsWith('-')) return args
  return [name, ...args.slice(0, position), ...others]
}

/** The commands that take references of jobs, and their aliases. */
const refCommands =
  'get show describe watch wait logs log events metrics retry rerun cancel stop restore delete rm'.split(' ')

/** Removes the word `job` or `jobs` before a reference, because users of kubectl type `get job <name>`. */
function omitJobWord(args: readonly string[]): readonly string[] {
  const [name = '', word = '', ref] = args
  const takesRefs = refCommands.includes(name)
  const isOmitted = takesRefs && /^jobs?$/.test(word) && ref !== undefined && !ref.startsWith('-')
  return isOmitted ? [name, ...args.slice(2)] : args
}
