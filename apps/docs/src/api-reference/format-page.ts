/** Returns the path of the page of a Markdown file: `/api/core/functions/aksk/` for `core/functions/aksk.md`. */
export const getPath = (file: string): string =>
  `/api/${file.replace(/(^|\/)index\.md$|\.md$/, '$1/').toLowerCase()}`.replaceAll('//', '/')

/**
 * Changes the Markdown that TypeDoc wrote for a page: links lead to pages instead of files, several errors share one heading, and
 * horizontal rules are removed.
 */
export const formatPage = (markdown: string): string =>
  markdown
    .replaceAll(/\]\(\/api\/([^)#]+\.md)(#[^)]*)?\)/g, (_, file: string, anchor = '') => `](${getPath(file)}${anchor})`)
    .replaceAll(/^\*\*\*\n\n/gm, '')
    .replaceAll(/(?<=^(#+) Throws\n(?:(?!#).*\n)*)\1 Throws\n\n/gm, '')
