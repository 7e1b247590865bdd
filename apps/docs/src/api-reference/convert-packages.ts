import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EntryPoint } from '@jobscope/api/entry-points'
import {
  Application,
  Converter,
  type DeclarationReflection,
  type ProjectReflection,
  ReflectionFlag,
  ReflectionKind,
  type ReflectionType,
} from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'
import { getShortName } from './api-index.ts'

const baseConfig = fileURLToPath(new URL('../../tsconfig.json', import.meta.url))

const markdownOptions: PluginOptions = {
  entryFileName: 'index',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  hidePageTitle: true,
  publicPath: '/api/',
}

/**
 * Reads the declaration files of entry points. Leaves out names that are generated from the specs, because the reference of the operations
 * contains them.
 */
export async function convertPackages(
  entryPoints: readonly EntryPoint[],
  folder: string,
): Promise<{ app: Application; project: ProjectReflection }> {
  const files = entryPoints.map(({ types }) => types)
  const tsconfig = join(folder, 'tsconfig.json')
  writeFileSync(tsconfig, JSON.stringify({ extends: baseConfig, include: [], files }))
  const app = await Application.bootstrapWithPlugins({
    ...markdownOptions,
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: files,
    tsconfig,
    exclude: ['**/generated/**'],
    excludeExternals: true,
    excludeInternal: true,
    excludePrivate: true,
    excludeProtected: true,
    disableSources: true,
    readme: 'none',
    outputs: [{ name: 'markdown', path: folder }],
    router: 'member',
    logLevel: 'Error',
  })
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => simplify(project))
  const specifiers = new Map(entryPoints.map(({ types, specifier }) => [types, specifier]))
  const modules = app.getEntryPoints()?.map(module => {
    const specifier = specifiers.get(module.sourceFile.fileName)
    return { ...module, displayName: getShortName(`${specifier}`) }
  })
  return { app, project: app.converter.convert(modules ?? []) }
}

/** Changes details of the declarations that would be hard to read on a page, such as names that TypeDoc made up. */
function simplify(project: ProjectReflection): void {
  for (const reflection of project.getReflectionsByKind(ReflectionKind.All)) {
    // Removes members whose name is a symbol, because readers cannot use them. An example is the symbol that marks Jobscope errors.
    if (reflection.name.startsWith('[')) project.removeReflection(reflection)
    // If a function uses destructuring for a parameter, the parameter has no name, and TypeDoc writes
    // `__namedParameters`.
    if (reflection.name === '__namedParameters') reflection.name = 'options'
    if (reflection.kind === ReflectionKind.Variable) changeToFunction(reflection as DeclarationReflection)
  }
}

/** If the value of a constant is a function, documents the constant as a function. */
function changeToFunction(variable: DeclarationReflection): void {
  const { signatures } = (variable.type as ReflectionType | undefined)?.declaration ?? {}
  if (variable.type?.type !== 'reflection' || signatures === undefined) return
  variable.kind = ReflectionKind.Function
  variable.signatures = signatures
  for (const signature of signatures) {
    signature.name = variable.name
    signature.parent = variable
    if (variable.comment !== undefined && signature.comment === undefined) signature.comment = variable.comment
  }
  delete variable.comment
  delete variable.type
  variable.flags.setFlag(ReflectionFlag.Const, false)
}
