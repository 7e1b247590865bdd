/** Names and values of a form as text: `application/x-www-form-urlencoded` or `multipart/form-data` (files left out). */
export function parseForm(contentType: string, text: string): [name: string, value: string][] {
  if (/urlencoded/i.test(contentType)) return [...new URLSearchParams(text)]
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (boundary === undefined) return []
  return text.split(`--${boundary}`).flatMap(part => {
    const end = part.indexOf('\r\n\r\n')
    const head = part.slice(0, end)
    const name = /\bname="([^"]*)"/i.exec(head)?.[1]
    if (end < 0 || name === undefined || /\bfilename=/i.test(head)) return []
    return [[name, part.slice(end + 4).replace(/\r\n$/, '')]]
  })
}
