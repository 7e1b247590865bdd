import type { Body } from '../material.ts'

/**
 * Reads the body in a code block. The block can begin with the request line. Returns undefined if the block contains only a path, or only a
 * part of a body that another block shows completely.
 */
export function readBody(code: string): Body | undefined {
  const text = code.replace(/^(GET|POST|PUT|DELETE|PATCH)\b.*$/m, '').trim()
  if (!text.startsWith('{') && !text.startsWith('[')) return undefined
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    // The message of JSON.parse quotes the block, so it can contain line breaks. They are replaced by spaces.
    return { error: `is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}` }
  }
}
