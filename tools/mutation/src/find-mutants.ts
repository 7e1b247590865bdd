import { parseSync } from 'oxc-parser'

/** A change of a source file. */
export interface Mutant {
  readonly start: number
  readonly end: number
  readonly original: string
  readonly replacement: string
  readonly operator: string
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [member: string]: unknown
}

/** The operators and their replacements, as in the mutation testing tool Stryker. */
const binaryReplacements: { readonly [operator: string]: readonly string[] } = {
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
}

const logicalReplacements: { readonly [operator: string]: string } = { '&&': '||', '||': '&&', '??': '&&' }

const assignmentReplacements: { readonly [operator: string]: string } = { '+=': '-=', '-=': '+=', '*=': '/=' }

const methodReplacements = new Map(
  Object.entries({
    some: 'every',
    every: 'some',
    startsWith: 'endsWith',
    endsWith: 'startsWith',
    toLowerCase: 'toUpperCase',
    toUpperCase: 'toLowerCase',
    min: 'max',
    max: 'min',
  }),
)

/** A mutant removes a call of one of these methods. For example, it replaces `items.filter(…)` with `items`. */
const removedMethods = ['filter', 'slice', 'trim', 'sort', 'toSorted', 'reverse', 'toReversed', 'flat']

/** Finds all mutants of a TypeScript file. */
export function findMutants(fileName: string, source: string): readonly Mutant[] {
  const mutants: Mutant[] = []
  const { program } = parseSync(fileName, source)

  const add = (operator: string, { start, end }: Pick<Node, 'start' | 'end'>, replacement: string) => {
    const original = source.slice(start, end)
    if (original !== replacement) mutants.push({ start, end, original, replacement, operator })
  }

  /** Replaces the text of an operator between two operands. */
  const addBetween = (operator: string, left: Node, right: Node, [from, to]: readonly [string, string]) => {
    const start = source.indexOf(from, left.end)
    if (start >= 0 && start < right.start) add(operator, { start, end: start + from.length }, to)
  }

  function mutate(node: Node): void {
    const { type } = node
    if (type === 'IfStatement' || type === 'ConditionalExpression') {
      add('condition', node['test'] as Node, 'true')
      add('condition', node['test'] as Node, 'false')
    } else if (type === 'BinaryExpression') {
      const [left, right, operator] = [node['left'] as Node, node['right'] as Node, `${node['operator']}`]
      const isText = [left, right].some(isTextLiteral)
      for (const to of (!isText && binaryReplacements[operator]) || []) {
        addBetween('binary operator', left, right, [operator, to])
      }
    } else if (type === 'LogicalExpression') {
      const operator = `${node['operator']}`
      const to = logicalReplacements[operator]
      if (to) addBetween('logical operator', node['left'] as Node, node['right'] as Node, [operator, to])
    } else if (type === 'AssignmentExpression') {
      const operator = `${node['operator']}`
      const to = assignmentReplacements[operator]
      if (to) addBetween('assignment', node['left'] as Node, node['right'] as Node, [operator, to])
    } else if (type === 'UpdateExpression') {
      const text = source.slice(node.start, node.end)
      add('update', node, text.includes('++') ? text.replace('++', '--') : text.replace('--', '++'))
    } else if (type === 'UnaryExpression' && node['operator'] === '!') {
      const argument = node['argument'] as Node
      add('negation', node, source.slice(argument.start, argument.end))
    } else if (type === 'Literal') {
      const { value } = node
      if (typeof value === 'boolean') add('boolean', node, `${!value}`)
      if (typeof value === 'string') add('text', node, value === '' ? `'mutated'` : `''`)
    } else if (type === 'TemplateLiteral' && node.end - node.start > 2) {
      add('text', node, '``')
    } else if (type === 'ArrayExpression' && (node['elements'] as readonly unknown[]).length > 0) {
      add('array', node, '[]')
    } else if (type === 'BlockStatement' && (node['body'] as readonly unknown[]).length > 0) {
      add('block', node, '{}')
    } else if (type === 'CallExpression') mutateCall(node)
  }

  function mutateCall(node: Node): void {
    const callee = node['callee'] as Node
    const property = callee['property'] as Node | undefined
    if (callee.type !== 'MemberExpression' || property?.type !== 'Identifier') return
    const name = `${property['name']}`
    const replacement = methodReplacements.get(name)
    if (replacement) add('method', property, replacement)
    const object = callee['object'] as Node
    if (removedMethods.includes(name)) add('method', node, source.slice(object.start, object.end))
  }

  function visit(value: unknown): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item)
      return
    }
    if (!isNode(value) || isWithoutBehavior(value)) return
    mutate(value)
    for (const [name, member] of Object.entries(value)) {
      // Keys of objects and sources of exports are names, which are not mutated.
      if (name === 'source' || (name === 'key' && value['computed'] !== true)) continue
      visit(member)
    }
  }

  visit(program)
  return mutants
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** Returns true for types, imports and `export *`, which have no behavior that a mutant could change. */
const isWithoutBehavior = ({ type }: Node): boolean =>
  (type.startsWith('TS') && !['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(type)) ||
  type.startsWith('Import') ||
  type === 'ExportAllDeclaration'

const isTextLiteral = (node: Node): boolean =>
  node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node['value'] === 'string')
