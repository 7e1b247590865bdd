import type { CommandDefinition } from '../command-definition.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope serve --config jobscope.yaml', 'jobscope serve --check', 'jobscope serve --help'],
  define(command, { run }) {
    command
      .argument('[options...]', 'options of jobscope-serve')
      .helpOption(false)
      .allowUnknownOption()
      .action((args: string[]) => run(async () => (await import('../../commands/serve.ts')).serve(args)))
  },
}
