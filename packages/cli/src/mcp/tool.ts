import type { Clients, Jobs } from '@jobscope/jobs'
import type { Connection } from '../connection.ts'
import type { Client } from '../create-client.ts'

/** The objects that the tools use. They are created at the first call of a tool, because they need credentials. */
export interface ToolContext {
  readonly connection: Connection
  readonly jobs: Jobs<Clients>
  readonly getClient: (service: string) => Client
  /** Returns the current time in epoch ms. */
  readonly now: () => number
  readonly signal: AbortSignal
}

/** A tool of the MCP server. */
export interface Tool<Arguments = never> {
  readonly name: string
  /** For the model: what the tool does, and when to use it. */
  readonly description: string
  readonly properties: { readonly [name: string]: object }
  readonly required?: readonly string[]
  /** Whether the tool changes something. */
  readonly writes?: true
  /** Returns an object that can be converted to JSON. */
  readonly run: (args: Arguments, context: ToolContext) => Promise<object>
}

/** Creates a tool. The type assertion is safe, because the arguments are validated against the schema before `run` is called. */
export const defineTool = <Arguments>(tool: Tool<Arguments>): Tool => tool as Tool
