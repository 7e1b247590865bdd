/** The import of what a table needs of the runtime: functions, which only the services that use them bring along, and its type. */
export const importOf = (functions: readonly string[], type: string): string =>
  functions.length > 0
    ? `import { ${functions.join(', ')}, type ${type} } from '@jobscope/core'\n\n`
    : `import type { ${type} } from '@jobscope/core'\n\n`
