import type { Field } from '../material.ts'

/** A class of an SDK. */
export interface Model {
  readonly members: readonly Member[]
}

export interface Member {
  /** Name of the member in the JSON body. */
  readonly name: string
  readonly type: string
  readonly required?: boolean
  readonly values: readonly string[]
  /** Name of the class of the member. For an array or a map, name of the class of its items or values. */
  readonly model?: string
}

/** Lists the members of a class and of the classes that it uses. */
export function flattenModel(models: ReadonlyMap<string, Model>, name: string): Field[] {
  return flatten({ models, name, prefix: '', path: [] })
}

/**
 * Lists the members of the body of a response class. SDKs declare response headers as members, too. If `body` is the only member that is
 * not a header, this member is the body. Otherwise, `body` is a field of the body.
 */
export function flattenResponse(models: ReadonlyMap<string, Model>, name: string): Field[] {
  const isHeader = (header: string) => /^x-/i.test(header)
  const [body, ...others] = models.get(name)?.members.filter(member => !isHeader(member.name)) ?? []
  if (body?.name === 'body' && others.length === 0) return body.model ? flattenModel(models, body.model) : []
  return flattenModel(models, name).filter(field => !isHeader(field.path))
}

interface Visit {
  readonly models: ReadonlyMap<string, Model>
  readonly name: string
  readonly prefix: string
  /** The classes that lead from the body to this class. The recursion ends at a class that is already in this list. */
  readonly path: readonly string[]
}

function flatten({ models, name, prefix, path }: Visit): Field[] {
  if (path.includes(name)) return []
  return (models.get(name)?.members ?? []).flatMap(member => [
    {
      path: prefix + member.name,
      type: member.type,
      values: member.values,
      ...(member.required !== undefined && { required: member.required }),
    },
    ...(member.model
      ? flatten({ models, name: member.model, prefix: `${prefix}${member.name}.`, path: [...path, name] })
      : []),
  ])
}
