import type { Body } from '../material.ts'

/**
 * Reads the body in a code block. The block can begin with the request line. Returns undefined if the block contains only a path, or if
 * it contains only a part of a body and the page also shows the whole body.
 */
export function readBody(code: string): Body | undefined {
  const text = code.replace(/^(GET|POST|PUT|DELETE|PATCH)\b.*$/m, '').trim()
  if (!text.startsWith('{') && !text.startsWith('[')) return undefined
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    // The error message quotes the text of the block, which can contain line breaks.
    return { error: `is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}` }
  }
}
