/** Re-exports the generated code. No other module imports the generated code. */
export { jobs } from './generated/jobs.gen.ts'
export type { paths } from './generated/schema.gen.ts'
export { pageRules, service } from './generated/service.gen.ts'
export type * from './generated/types.gen.ts'
