import type { Body } from '../material.ts'

/**
 * The body in a code block, which may begin with the request line; undefined if the block holds no body: a path, or a part
 * of a body that the page shows once more.
 */
export function readBody(code: string): Body | undefined {
  const text = code.replace(/^(GET|POST|PUT|DELETE|PATCH)\b.*$/m, '').trim()
  if (!text.startsWith('{') && !text.startsWith('[')) return undefined
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    // The message quotes the text, line breaks included.
    return { error: `is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}` }
  }
}
