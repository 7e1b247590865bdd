/**
 * How the search orders its results (https://pagefind.app/docs/ranking/). The name of an operation must find its page before longer
 * names that begin with it, and the length of a page must not matter much.
 */
export const searchRanking = { pageLength: 0.1, termFrequency: 0.1, termSaturation: 2, termSimilarity: 9 }
