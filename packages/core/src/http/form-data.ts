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
