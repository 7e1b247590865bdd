import type { CommandDefinition } from '../command-definition.ts'

export const definition: CommandDefinition = {
  examples: [
    'source <(jobscope completion bash)                                   # in ~/.bashrc',
    'source <(jobscope completion zsh)                                    # in ~/.zshrc, after compinit',
    'jobscope completion fish > ~/.config/fish/completions/jobscope.fish',
  ],
  define(command, { run, terminal }) {
    command
      .argument('<shell>', 'bash, zsh or fish')
      .action((shell: string) =>
        run(async () => (await import('../../commands/completion.ts')).printCompletionScript(shell, terminal)),
      )
  },
}
