import type { StarlightRouteData } from '@astrojs/starlight/route-data'

type Entry = StarlightRouteData['sidebar'][number]

const hasCurrent = (entry: Entry): boolean => (entry.type === 'link' ? entry.isCurrent : entry.entries.some(hasCurrent))

/**
 * Shortens the reference in the sidebar. Otherwise, the sidebar would have 150 links on each page. The short form shows the overviews of
 * the other APIs, the tags of the current API, and the operations of the current tag.
 */
export function shortenReference(sidebar: readonly Entry[], isOverview: (href: string) => boolean): Entry[] {
  return sidebar.map(entry => {
    if (entry.type === 'link') return entry
    const [overview] = entry.entries
    if (overview?.type !== 'link' || !isOverview(overview.href))
      return { ...entry, entries: shortenReference(entry.entries, isOverview) }
    if (!hasCurrent(entry)) return { ...overview, label: entry.label, isCurrent: false }
    const entries = entry.entries.map(each =>
      each.type === 'link' || hasCurrent(each) ? each : linkToTag(each, overview),
    )
    return { ...entry, entries, collapsed: false }
  })
}

function linkToTag({ label }: Entry, overview: Entry & { type: 'link' }): Entry {
  const slug = label.toLowerCase().replaceAll(' ', '-')
  return { ...overview, label, href: `${overview.href}#${slug}`, isCurrent: false }
}
