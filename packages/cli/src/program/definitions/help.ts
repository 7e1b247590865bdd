import type { CommandDefinition } from '../command-definition.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope help', 'jobscope help wait'],
  define(command, { root, loadCommand, run }) {
    command.argument('[command]', 'the name of a command').action((name: string | undefined) =>
      run(async () => {
        const topic = name === undefined ? root : await loadCommand(name)
        if (topic) return topic.outputHelp()
        root.error(`error: unknown command '${name}'. Run jobscope help to list all commands.`)
      }),
    )
  },
}
