/**
 * How the search orders its results (https://pagefind.app/docs/ranking/). A search for the name of an operation must list the page of
 * this operation before the pages of longer names with the same beginning. The length of a page must have little influence.
 */
export const searchRanking = { pageLength: 0.1, termFrequency: 0.1, termSaturation: 2, termSimilarity: 9 }
