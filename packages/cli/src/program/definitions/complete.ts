import type { CommandDefinition } from '../command-definition.ts'

export const definition: CommandDefinition = {
  examples: [],
  define(command, context) {
    command
      .argument('[words...]')
      .action((words: string[]) =>
        context.run(async () => (await import('../../commands/completion.ts')).printCandidates(words, context)),
      )
  },
}
