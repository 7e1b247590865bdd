import { readFileSync } from 'node:fs'
import { type ComponentChange, componentChanges } from './openapi-components.ts'

/** Creates a Vite plugin that changes components of starlight-openapi when it loads them. */
export function changeOpenApiComponents() {
  return {
    name: 'change-openapi-components',
    enforce: 'pre' as const,
    load(id: string): string | undefined {
      const path = id.replaceAll('\\', '/')
      const changes = componentChanges.filter(({ component }) =>
        path.endsWith(`/starlight-openapi/components/${component}`),
      )
      if (changes.length === 0) return undefined
      return changes.reduce((text, change) => applyChange(change, text), readFileSync(id, 'utf8'))
    },
  }
}

/** @throws if a new version of starlight-openapi has changed the component. The error stops the build. */
export function applyChange({ component, edits, unscoped }: ComponentChange, source: string): string {
  const changed = edits.reduce((text, [original, replacement]) => {
    if (!text.includes(original)) {
      throw new Error(
        `starlight-openapi has changed components/${component}. Adapt src/lib/openapi-components.ts to the new version. Missing: ${original}`,
      )
    }
    return text.replace(original, () => replacement)
  }, source)
  return unscoped ? removeScope(changed) : changed
}

/** Makes the styles of a component global, and removes `:global(…)`, which is valid in scoped styles only. */
function removeScope(source: string): string {
  const nested = /:global\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g
  return source
    .replace('<style>', '<style is:global>')
    .replace(/<style is:global>[\s\S]*/, styles => styles.replaceAll(nested, '$1'))
}
