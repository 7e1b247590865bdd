/**
 * The imports of what a table needs of the runtime: functions, which only the services that use them bring along, and its type.
 * The functions come from where a client has all it needs in one file, so that its import loads no other (docs/adr/006).
 */
export const importOf = (functions: readonly string[], type: string): string =>
  `import type { ${type} } from '@jobscope/core'\n` +
  (functions.length > 0 ? `import { ${functions.join(', ')} } from '@jobscope/core/internal'\n\n` : '\n')
