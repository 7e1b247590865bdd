import type { BrokenPart } from '../traffic/read-traffic.ts'
import { escapeControlCharacters } from './escape-control-characters.ts'

/** Describes a part of a file that could not be read: `traffic.ndjson:3: not an exchange: request.url is missing.` */
export const describeBrokenPart = ({ file, line, reason }: BrokenPart): string =>
  escapeControlCharacters(line === 0 ? `${file}: ${reason}` : `${file}:${line}: not an exchange: ${reason}`)
