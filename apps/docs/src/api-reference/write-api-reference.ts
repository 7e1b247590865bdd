import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EntryPoint } from '@jobscope/api/entry-points'
import { type DeclarationReflection, PageEvent, ReflectionKind } from 'typedoc'
import { type ApiModule, type ApiSymbol, getShortName } from './api-index.ts'
import { convertPackages } from './convert-packages.ts'
import { formatPage, getPath } from './format-page.ts'

/** Writes one Markdown file per exported name of the entry points, and the list of all names: `index.json`. */
export async function writeApiReference(entryPoints: readonly EntryPoint[], folder: URL): Promise<void> {
  const path = fileURLToPath(folder)
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path, { recursive: true })
  const { app, project } = await convertPackages(entryPoints, path)
  const symbols = new Map<string, ApiSymbol[]>()
  app.renderer.on(PageEvent.END, page => {
    const reflection = page.model as DeclarationReflection
    page.contents = formatPage(page.contents ?? '')
    if (reflection.parent?.kind !== ReflectionKind.Module) return
    const module = reflection.parent.name
    symbols.set(module, [...(symbols.get(module) ?? []), describeSymbol(reflection, page.url)])
  })
  await app.generateOutputs(project)
  const modules = entryPoints.map(({ specifier, folder }): ApiModule => {
    const { name: packageName, description: text } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const description = specifier === packageName ? text : `Optional part of ${packageName}`
    const name = getShortName(specifier)
    const list = symbols.get(name)
    if (list === undefined) throw new Error(`The API reference has no page for ${specifier}.`)
    return { specifier, description, path: `/api/${name}/`, symbols: list }
  })
  modules.sort((a, b) => a.specifier.localeCompare(b.specifier))
  writeFileSync(join(path, 'index.json'), JSON.stringify(modules))
}

function describeSymbol(reflection: DeclarationReflection, url: string): ApiSymbol {
  const { kind, name, comment, signatures } = reflection
  const summary = (comment ?? signatures?.[0]?.comment)?.summary ?? []
  const text = summary.map(part => part.text).join('')
  return {
    name: kind === ReflectionKind.Function ? `${name}()` : name,
    kind: ReflectionKind.singularString(kind),
    isType: (kind & (ReflectionKind.Interface | ReflectionKind.TypeAlias)) !== 0,
    path: getPath(url),
    description: getFirstSentence(text),
  }
}

const getFirstSentence = (text: string): string =>
  (/^.*?\.(?=\s|$)/s.exec(text.trim())?.[0] ?? text).replaceAll(/\s+/g, ' ').trim()
