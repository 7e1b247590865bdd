import { Command } from 'commander'
import { addConnectionOptions, addOutputOptions } from './options.ts'

/**
 * Moves options for the connection and the output behind the name of the command: `--region eu-de ls` becomes `ls --region eu-de`.
 * Each command declares these options itself, so users could otherwise not write them before its name.
 */
export function arrangeArguments(args: readonly string[]): readonly string[] {
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
