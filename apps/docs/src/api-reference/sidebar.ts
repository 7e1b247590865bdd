import type { StarlightRouteData } from '@astrojs/starlight/route-data'
import { type ApiModule, type ApiSymbol, getBareName, getShortName } from './api-index.ts'

type Entry = StarlightRouteData['sidebar'][number]
type Link = Extract<Entry, { type: 'link' }>
type Group = Extract<Entry, { type: 'group' }>

/** Plural headings of the kinds of exported names, in the order of the sidebar. */
export const KINDS: Readonly<Record<string, string>> = {
  Function: 'Functions',
  Class: 'Classes',
  Variable: 'Constants',
  Interface: 'Interfaces',
  'Type Alias': 'Types',
}

/**
 * Changes the sidebar on pages of the API reference: instead of one link to the API reference, it has links to all modules and to the names
 * of the current module.
 */
export function expandApiReference(sidebar: readonly Entry[], modules: readonly ApiModule[], path: string): Entry[] {
  if (!path.startsWith('/api/')) return [...sidebar]
  const current = findModule(modules, path)
  const toLink = (label: string, href: string): Link => ({
    type: 'link',
    label,
    href,
    isCurrent: href === path,
    badge: undefined,
    attrs: {},
  })
  const toGroup = (label: string, entries: Entry[]): Group => ({
    type: 'group',
    label,
    entries,
    collapsed: false,
    badge: undefined,
  })
  const toNames = ({ specifier, path: overview, symbols }: ApiModule): Group =>
    toGroup(getShortName(specifier), [
      toLink('Overview', overview),
      ...Object.entries(KINDS).flatMap(([kind, label]) => {
        const links = symbols
          .filter(symbol => symbol.kind === kind)
          .map(symbol => toLink(getBareName(symbol), symbol.path))
        return links.length > 0 ? [toGroup(label, links)] : []
      }),
    ])
  const isReference = (entry: Entry) => entry.type === 'link' && entry.href.endsWith('/api/')
  return sidebar.map(entry =>
    entry.type === 'group'
      ? { ...entry, entries: expandApiReference(entry.entries, modules, path) }
      : isReference(entry)
        ? toGroup(entry.label, [
            toLink('Packages', '/api/'),
            ...modules.map(module =>
              module === current ? toNames(module) : toLink(getShortName(module.specifier), module.path),
            ),
          ])
        : entry,
  )
}

/**
 * Returns the module that a page belongs to. If the page's path begins with the paths of several modules, the longest of these paths
 * counts.
 */
export const findModule = (modules: readonly ApiModule[], path: string): ApiModule | undefined =>
  modules.filter(module => path.startsWith(module.path)).sort((a, b) => b.path.length - a.path.length)[0]

/** Returns the exported name that a page is about, and its module. */
export function findSymbol(modules: readonly ApiModule[], path: string): { module?: ApiModule; symbol?: ApiSymbol } {
  const module = findModule(modules, path)
  const symbol = module?.symbols.find(each => each.path === path)
  return { ...(module && { module }), ...(symbol && { symbol }) }
}
