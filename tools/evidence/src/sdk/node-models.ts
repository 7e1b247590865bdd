import type { Member, Model } from './models.ts'

const memberLine = /^ {4}(?:public|private) '?([^'?:\s]+)'?\?: (.+);$/gm
const enumBlock = /^export enum (\w+) \{(.*?)^\}/gms
const classLine = /^export class (\w+)/m

/** Reads the classes of the Node SDK, one per file. `files` maps the name of a file to its text. */
export function readNodeModels(files: ReadonlyMap<string, string>): Map<string, Model> {
  const models = new Map<string, Model>()
  for (const text of files.values()) {
    const name = classLine.exec(text)?.[1]
    if (!name) continue
    const enums = new Map([...text.matchAll(enumBlock)].map(([, id = '', body = '']) => [id, readEnum(body)]))
    const members = [...text.matchAll(memberLine)].map(([, id = '', type = '']) => toMember(id, type, enums))
    const required = readRequired(text)
    models.set(name, { members: members.map(member => ({ ...member, required: required.has(member.name) })) })
  }
  return models
}

function toMember(name: string, type: string, enums: ReadonlyMap<string, readonly string[]>): Member {
  const words = type.match(/\w+/g) ?? []
  const known = words.find(word => enums.has(word))
  const model = words.find(word => /^[A-Z]/.test(word) && word !== 'Array' && word !== 'Date' && !enums.has(word))
  return {
    name,
    type: known ? type.replace(/ \| (Array<)?string>?$/, '') : type,
    values: (known && enums.get(known)) || [],
    ...(model && { model }),
  }
}

/** Reads the names of the required members. The constructor assigns each required member, for example `this['job_id'] = jobId`. */
function readRequired(text: string): ReadonlySet<string> {
  const body = /public constructor\(.*?\) \{(.*?)^ {4}\}/ms.exec(text)?.[1] ?? ''
  return new Set([...body.matchAll(/this\['([^']+)'\] = /g)].map(match => match[1] ?? ''))
}

function readEnum(body: string): string[] {
  return [...body.matchAll(/= '?([^',\n]+?)'?,?$/gm)].map(match => match[1] ?? '')
}
