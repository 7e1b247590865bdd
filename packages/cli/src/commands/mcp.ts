import { once } from 'node:events'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import manifest from '../../package.json' with { type: 'json' }
import { connect } from '../connect.ts'
import type { ConnectionFlags } from '../connection.ts'
import { checkSingleContext } from '../contexts.ts'
import { createClientCache } from '../create-client.ts'
import { connectJobs } from '../jobs/connect-jobs.ts'
import { createServer } from '../mcp/create-server.ts'
import type { ToolContext } from '../mcp/tool.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface McpFlags extends ConnectionFlags {
  /** Registers the tools that change something. */
  readonly allowWrite?: boolean
}

/** `jobscope mcp`: serves the Model Context Protocol on standard input and output until the input ends or Ctrl-C is pressed. */
export async function mcp(flags: McpFlags, terminal: Terminal): Promise<void> {
  checkSingleContext(flags)
  if (terminal.interactive) {
    terminal.note(
      'This command exchanges messages with an MCP client over standard input and output. Press Ctrl-C to stop.',
    )
  }
  const ended = new AbortController()
  const getShared = createSharedContext(flags, terminal)
  const handle = serveStdio(
    () => {
      const server = createServer({
        version: manifest.version,
        allowWrite: flags.allowWrite ?? false,
        getContext: async signal => ({
          ...(await getShared()),
          now: terminal.now,
          signal: AbortSignal.any([signal, terminal.signal]),
        }),
      })
      return server
    },
    { onerror: error => terminal.note(`jobscope: ${toOneLine(error.message)}`) },
  )
  process.stdin.once('end', () => ended.abort())
  process.stdin.once('close', () => ended.abort())
  await once(AbortSignal.any([ended.signal, terminal.signal]), 'abort')
  await handle.close()
}

type SharedContext = Pick<ToolContext, 'connection' | 'jobs' | 'getClient'>

/** Connects at the first call, and again after a failure, so that users can fix their credentials while the server runs. */
function createSharedContext(flags: ConnectionFlags, terminal: Terminal): () => Promise<SharedContext> {
  let shared: Promise<SharedContext> | undefined
  const create = async (): Promise<SharedContext> => {
    const connection = await connect(flags, terminal)
    return { connection, jobs: connectJobs(connection), getClient: createClientCache(connection) }
  }
  return () => {
    shared ??= create().catch(error => {
      shared = undefined
      throw error
    })
    return shared
  }
}
