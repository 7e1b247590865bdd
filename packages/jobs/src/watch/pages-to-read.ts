/**
 * How many pages of a list to read, when the jobs that are looked for were on these pages (counted from 0) the last time, and
 * each job that is not on a page that is read takes a call of its own.
 *
 * @returns the number of pages for which pages and calls together are fewest; 0 where the list does not pay
 */
export function bestDepth(pages: readonly number[]): number {
  const sorted = pages.toSorted((a, b) => a - b)
  let depth = 0
  let fewest = sorted.length
  sorted.forEach((page, index) => {
    const requests = page + 1 + sorted.length - (index + 1)
    if (requests < fewest) {
      depth = page + 1
      fewest = requests
    }
  })
  return depth
}
