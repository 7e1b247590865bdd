import type { Bytes } from './bytes.ts'

/** A request body and its `Content-Type`. */
export interface EncodedBody {
  readonly contentType: string
  readonly bytes: Bytes
}

/**
 * Encodes a body as multipart/form-data. The platform's Response serializes the form, and chooses the boundary.
 *
 * @throws TypeError (synchronously, not as a rejection) if the body is not an object
 */
export function encodeForm(body: object): Promise<EncodedBody> {
  const response = new Response(toFormData(body))
  // The header is read first, because Bun loses the boundary once the body is read.
  const contentType = `${response.headers.get('content-type')}`
  return response.arrayBuffer().then(buffer => ({ contentType, bytes: new Uint8Array(buffer) }))
}

/**
 * Converts a body to multipart/form-data. Each member becomes a part, an array becomes one part per item, and a Blob becomes a file.
 * Undefined values are omitted.
 */
export function toFormData(body: object): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(body)) {
    for (const part of Array.isArray(value) ? value : [value]) {
      if (part !== undefined) form.append(name, part instanceof Blob ? part : `${part}`)
    }
  }
  return form
}
