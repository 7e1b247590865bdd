/** Loads the code for failures when it is needed, because most calls succeed. */
export const loadDiagnostics = () => import('./diagnostics.ts')
