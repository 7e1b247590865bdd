import type { McpFlags } from '../../commands/mcp.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions } from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope mcp --profile production',
    'jobscope mcp --allow-write --region eu-de --cloud otc',
    'claude mcp add jobscope -- npx -y jobscope mcp --profile production',
  ],
  define(command, { run, terminal, heading }) {
    command
      .option(
        '--allow-write',
        'add tools that submit, retry and cancel jobs; each shows a plan before it changes anything',
      )
      .addHelpText(
        'after',
        () =>
          `\n${heading('Configuration of an MCP client:')}\n  { "mcpServers": { "jobscope": { "command": "npx", "args": ["-y", "jobscope", "mcp"] } } }`,
      )
    addConnectionOptions(command).action((flags: McpFlags) =>
      run(async () => (await import('../../commands/mcp.ts')).mcp(flags, terminal)),
    )
  },
}
