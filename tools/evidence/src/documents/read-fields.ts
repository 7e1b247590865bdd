import type { Field } from '../material.ts'
import { type Cell, emptyCell, type Link, type Table } from './page.ts'
import { readValues } from './read-values.ts'

interface Row {
  readonly name: string
  readonly type: string
  readonly required?: boolean
  readonly values: readonly string[]
  readonly links: readonly Link[]
}

interface FieldTable {
  readonly table: Table
  readonly rows: readonly Row[]
}

const scalar = /^(string|integer|int|long|boolean|double|float|number|字符串)$/i

/** If a row has this name, the body is an array. */
const arrayElements = /^(Arrayelements?|数组元素)$/i

/** Returns true if each row of `table` describes a parameter. */
export function isFieldTable(table: Table): boolean {
  return (
    findColumn(table, /^(parameters?|name|field|参数|参数名称?|名称|字段)$/i) === 0 &&
    findColumn(table, /type|类型|mandatory|必选/i) > 0
  )
}

/**
 * Reads the fields from the tables of a request or of a response. The first table that no field refers to describes the body. A table that
 * a field refers to lists the members of this field. If the field is a text, the table lists the values of the field.
 */
export function readFields(tables: readonly Table[]): Field[] {
  const all = tables.filter(isFieldTable).map(table => ({ table, rows: table.rows.map(row => readRow(table, row)) }))
  const parents = new Set<FieldTable>()
  for (const { rows, table } of all)
    for (const row of rows) {
      const child = findChild(row, all)
      if (child && child.table !== table) parents.add(child)
    }
  const [root, ...others] = all.filter(table => !parents.has(table))
  if (!root) return []
  const fields = collect({ prefix: '', table: root, all, path: [] })
  const placeUnknown = others.flatMap(({ rows }) =>
    rows.map(row => ({ ...toField(row.name, row), isPlaceUnknown: true })),
  )
  return [...fields, ...placeUnknown]
}

interface Visit {
  readonly prefix: string
  readonly table: FieldTable
  readonly all: readonly FieldTable[]
  /** The tables that lead from the body to this table. The recursion ends if a table refers to a table in this list. */
  readonly path: readonly FieldTable[]
}

function collect({ prefix, table, all, path }: Visit): Field[] {
  return table.rows.flatMap(row => {
    const name = prefix + row.name
    const child = findChild(row, all)
    if (!child || child === table || path.includes(child)) return [toField(name, row)]
    if (arrayElements.test(row.name)) return collect({ prefix, table: child, all, path: [...path, table] })
    if (scalar.test(row.type)) return [{ ...toField(name, row), values: child.rows.map(value => value.name) }]
    return [toField(name, row), ...collect({ prefix: `${name}.`, table: child, all, path: [...path, table] })]
  })
}

function findChild(row: Row, all: readonly FieldTable[]): FieldTable | undefined {
  // Two tables of a page can have the same label. A table whose name is the text of the reference therefore takes precedence.
  const named = all.find(({ table }) => row.links.some(({ text }) => text !== '' && text === nameOf(table)))
  const linked = named ?? all.find(({ table }) => row.links.some(({ label }) => table.labels.includes(label)))
  if (linked || scalar.test(row.type) || !/object|array|list|map|json|对象|数组/i.test(row.type)) return linked
  // Without a reference, the caption can contain the name of the field: "Table 4 job_config parameters".
  return all.find(({ table }) => table.caption.split(/[^\w.-]+/).includes(row.name))
}

/** Returns a caption without its number, such as "Nfs" for "Table 46 Nfs". */
function nameOf({ caption }: Table): string {
  return caption.replace(/^(Table|表)\s*\d+\s*/, '')
}

function readRow(table: Table, cells: readonly Cell[]): Row {
  const cell = (name: RegExp) => cells[findColumn(table, name)] ?? emptyCell
  const required = cell(/mandatory|required|必选|必须/i).text
  const description = cell(/desc|说明|描述|meaning/i)
  const type = cell(/type|类型/i)
  return {
    name: (cells[0] ?? emptyCell).text.replaceAll('*', '').replace(/\s+/g, ''),
    type: type.text.replace(/\s+/g, ' '),
    ...(required && { required: /^(yes|是)/i.test(required) }),
    // A list in the description of an object or a map contains keys, not values.
    values: scalar.test(type.text.trim()) ? readValues(description.text) : [],
    links: [...type.links, ...description.links],
  }
}

function toField(path: string, { type, required, values }: Row): Field {
  return { path, type, values, ...(required !== undefined && { required }) }
}

function findColumn(table: Table, name: RegExp): number {
  return table.header.findIndex(cell => name.test(cell.text.trim()))
}
