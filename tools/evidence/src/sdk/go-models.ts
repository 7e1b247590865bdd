import type { Member, Model } from './models.ts'

const struct = /^type (\w+) struct \{\n(.*?)^\}/gms
const memberLine = /^\t\w+\s+(\S+)\s+`json:"([^",]+)(,omitempty)?"`/gm
const enumFunction = /^func Get(\w+)Enum\(\) \w+ \{(.*?)^\}/gms

/** Reads the structs and enums of the Go SDK. `files` maps the name of a file to its text. */
export function readGoModels(files: ReadonlyMap<string, string>): Map<string, Model> {
  const texts = [...files.values()]
  const enums = new Map(
    texts.flatMap(text =>
      [...text.matchAll(enumFunction)].map(([, name = '', body = '']) => [
        name,
        [...body.matchAll(/value: "?([^",\n]+)"?,/g)].map(match => match[1] ?? ''),
      ]),
    ),
  ) as ReadonlyMap<string, readonly string[]>
  const models = new Map<string, Model>()
  for (const text of texts)
    for (const [, name = '', body = ''] of text.matchAll(struct)) {
      const members = [...body.matchAll(memberLine)].map(([, type = '', id = '', optional]) =>
        toMember({ id, type, optional }, enums),
      )
      models.set(name, { members: members.filter(member => member.name !== '-') })
    }
  return models
}

interface Line {
  readonly id: string
  readonly type: string
  readonly optional: string | undefined
}

function toMember({ id, type, optional }: Line, enums: ReadonlyMap<string, readonly string[]>): Member {
  const name = /(\w+)$/.exec(type)?.[1] ?? ''
  return {
    name: id,
    type: type.replaceAll('*', ''),
    required: !optional,
    values: enums.get(name) ?? [],
    ...(/^[A-Z]/.test(name) && !enums.has(name) && { model: name }),
  }
}
