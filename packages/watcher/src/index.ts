export { ConfigError, type ConfigProblem } from './config/parse-config.ts'
export {
  createWatcher,
  type WatchedAccount,
  type Watcher,
  type WatcherHooks,
  type WatcherOptions,
  type WatcherQuery,
} from './create-watcher.ts'
export type { WatcherEvent, WatcherEventData } from './engine/job-event.ts'
export type { JobRule, MissingJobRule, Rule } from './engine/rules.ts'
export type { RunResult } from './engine/run-shard.ts'
export { type ServeOptions, type Server, serve } from './serve.ts'
export { type CommandOptions, command } from './sinks/command.ts'
export { type NdjsonOptions, ndjson } from './sinks/ndjson.ts'
export { RejectedEventError, type Sink } from './sinks/sink.ts'
export { toSlackMessage } from './sinks/slack-message.ts'
export { type WebhookOptions, webhook } from './sinks/webhook.ts'
export { createMemoryStore } from './store/memory-store.ts'
export type * from './store/store.ts'
