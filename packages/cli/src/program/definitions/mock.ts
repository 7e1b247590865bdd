import type { CommandDefinition } from '../command-definition.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope mock', 'jobscope mock --seed-jobs 50 --speed 60', 'jobscope mock --help'],
  define(command, { run }) {
    command
      .argument('[options...]', 'options of jobscope-mock')
      .helpOption(false)
      .allowUnknownOption()
      .action((args: string[]) => run(async () => (await import('../../commands/mock.ts')).mock(args)))
  },
}
