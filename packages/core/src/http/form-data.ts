/** A body as multipart/form-data: a part for each member, for each item of an array, and a file for each Blob; what is undefined is left out. */
export function formData(body: object): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(body)) {
    for (const part of Array.isArray(value) ? value : [value]) {
      if (part !== undefined) form.append(name, part instanceof Blob ? part : `${part}`)
    }
  }
  return form
}
