/**
 * Returns the imports of a table, which are the type of the table and the functions of core that the table uses. A service imports only the
 * functions that it needs. It imports them from `@jobscope/core/internal`, so that a client loads only one file of core (docs/adr/006).
 */
export const formatImports = (functions: readonly string[], type: string): string =>
  `import type { ${type} } from '@jobscope/core'\n` +
  (functions.length > 0 ? `import { ${functions.join(', ')} } from '@jobscope/core/internal'\n\n` : '\n')
