import { type ErrorResponse, invalidRequest } from './error-response.ts'
import type { Operation } from './operation.ts'

/** A media type, or a range of media types such as `text/*`, that a client accepts. */
interface MediaRange {
  readonly range: string
  /** The weight of the range, from 0 to 1. The weight 0 excludes the range. */
  readonly quality: number
}

/** Returns the error for a request whose `Accept` excludes all media types of the operation. Parameters such as `charset` are ignored. */
export function findAcceptError(accept: string | undefined, operation: Operation): ErrorResponse | undefined {
  if (accept === undefined) return undefined
  const ranges = parseAccept(accept)
  if (ranges.length === 0) {
    return invalidRequest(`Accept "${accept}" contains no media type. Send a media type such as application/json.`, 406)
  }
  const contents = operation.responses.flatMap(response => response.contents ?? [])
  const available = [...new Set(contents.map(({ mediaType }) => mediaType))]
  if (available.length === 0 || available.some(mediaType => getQuality(mediaType, ranges) > 0)) return undefined
  return invalidRequest(
    `Accept "${accept}" excludes the available media types. Send Accept: ${available.join(' or ')}.`,
    406,
  )
}

const MEDIA_RANGE = /^[\w.!#$&^+*-]+\/[\w.!#$&^+*-]+$/

function parseAccept(accept: string): MediaRange[] {
  return accept.split(',').flatMap(part => {
    const [range = '', ...parameters] = part.split(';').map(text => text.trim().toLowerCase())
    const quality = parameters.find(parameter => parameter.startsWith('q='))?.slice(2) ?? '1'
    // An invalid weight counts as 1.
    return MEDIA_RANGE.test(range) ? { range, quality: /^[01](?:\.\d*)?$/.test(quality) ? Number(quality) : 1 } : []
  })
}

/** Returns the weight of a media type. If several ranges match, the most specific range counts. */
function getQuality(mediaType: string, ranges: readonly MediaRange[]): number {
  const [type = ''] = mediaType.split('/')
  const specific = [mediaType.toLowerCase(), `${type}/*`, '*/*'].flatMap(
    wanted => ranges.find(({ range }) => range === wanted) ?? [],
  )
  return specific[0]?.quality ?? 0
}
