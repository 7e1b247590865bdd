/**
 * Computes how many pages of a list to read, so that polling takes the fewest requests. Each page takes one request. Each job that is not
 * on these pages takes one more request.
 *
 * @param pages the pages, counted from 0, that the jobs were on at the last poll
 * @returns the number of pages; 0 if single requests are cheaper
 */
export function computePagesToRead(pages: readonly number[]): number {
  const sorted = pages.toSorted((a, b) => a - b)
  let bestCount = 0
  let fewestRequests = sorted.length
  sorted.forEach((page, index) => {
    const pageCount = page + 1
    const remainingJobs = sorted.length - (index + 1)
    if (pageCount + remainingJobs < fewestRequests) {
      bestCount = pageCount
      fewestRequests = pageCount + remainingJobs
    }
  })
  return bestCount
}
