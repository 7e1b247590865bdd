/**
 * Adds the base path to the links of a page. Starlight adds the base path to its own links only. Links in the text of a page begin with
 * `/`, so that they work without a base path too.
 */
export function addBase(html: string, base: string): string {
  const prefix = base.replace(/\/$/, '')
  if (!prefix) return html
  return html.replaceAll(
    /(\s(?:href|src|data-operations|data-base)=")(\/(?!\/)[^"]*)"/g,
    (whole, start: string, path: string) =>
      path === prefix || path.startsWith(`${prefix}/`) ? whole : `${start}${prefix}${path}"`,
  )
}
