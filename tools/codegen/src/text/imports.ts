/**
 * The imports of a table: its type, and the functions of core that it uses. A service imports only the functions that it needs.
 * They come from `@jobscope/core/internal`, so that importing a client loads a single file of core (docs/adr/006).
 */
export const formatImports = (functions: readonly string[], type: string): string =>
  `import type { ${type} } from '@jobscope/core'\n` +
  (functions.length > 0 ? `import { ${functions.join(', ')} } from '@jobscope/core/internal'\n\n` : '\n')
