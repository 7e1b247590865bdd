import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import ts from 'typescript'
import type { Schema } from '../read/document.ts'
import { resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { formatBanner } from '../text/banner.ts'
import { describe } from '../text/describe.ts'
import { formatDocComment } from '../text/doc-comment.ts'
import { emitNamedSchemas } from './named-schemas.ts'
import { omitUnused } from './omit-unused.ts'

const { factory } = ts

/**
 * Emits `schema.gen.ts`, the output of openapi-typescript for the spec. This is the only file that imports openapi-typescript
 * (docs/adr/001).
 *
 * This function changes the output in three ways. It omits types that no method uses (omit-unused.ts). It replaces references to component
 * schemas with the named interfaces, so that editors show `payload: StreamJob` instead of the fields of a job. It replaces the comments
 * with our own comments, which include limits and have no `@description` tag.
 */
export async function emitSchema(service: Service): Promise<string> {
  const comments = new Map<ts.Node, string>()
  const nodes = await openapiTS(structuredClone(service.document) as unknown as OpenAPI3, {
    silent: true,
    // A default describes what the server does if a field is absent, so the field must stay optional, especially in requests.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    transform: schema => typeOf(schema as Schema),
    transformProperty: (property, schema) => {
      comments.set(property, formatPropertyComment(service, schema as Schema))
      return undefined
    },
  })
  for (const member of getComponentSchemas(nodes)) comments.set(member, formatSchemaComment(service, member))
  const text = astToString(nodes.filter(node => !isHelper(node)).map(node => refine(omitUnused(node), comments)))
  return `${formatBanner(service.name)}${emitNamedSchemas(service)}\n${text}${nodes.some(isHelper) ? helper : ''}`
}

/**
 * The text of the helper type that openapi-typescript adds for `required` with `allOf`. The node of this type comes from parsed text. The
 * printer cannot print such a node like the other nodes, so this text replaces it.
 */
const helper = 'type WithRequired<T, K extends keyof T> = T & {\n    [P in K]-?: T[P];\n};\n'

function isHelper(node: ts.Node): boolean {
  return ts.isTypeAliasDeclaration(node) && node.name.text === 'WithRequired'
}

/**
 * Returns the type of binary content and of schemas with known values, because openapi-typescript generates only `string` or `number`.
 * Returns undefined for other schemas.
 */
function typeOf(schema: Schema): ts.TypeNode | undefined {
  if (schema.format === 'binary') return factory.createTypeReferenceNode('Blob')
  const known = schema['x-known-values']
  return known && openUnion(known, schema)
}

/** Returns a type such as `A | B | (string & {})`. It accepts any value, and editors complete the known values. */
function openUnion(known: readonly (string | number)[], schema: Schema): ts.TypeNode {
  const types = [schema.type ?? []].flat()
  const base = types.includes('string') ? ts.SyntaxKind.StringKeyword : ts.SyntaxKind.NumberKeyword
  const open = factory.createIntersectionTypeNode([
    factory.createKeywordTypeNode(base),
    factory.createTypeLiteralNode([]),
  ])
  return factory.createUnionTypeNode([
    ...known.map(value => factory.createLiteralTypeNode(literalNode(value))),
    factory.createParenthesizedType(open),
    ...(types.includes('null') ? [factory.createLiteralTypeNode(factory.createNull())] : []),
  ])
}

function literalNode(value: string | number): ts.LiteralTypeNode['literal'] {
  if (typeof value === 'string') return factory.createStringLiteral(value)
  const digits = factory.createNumericLiteral(Math.abs(value))
  return value < 0 ? factory.createPrefixUnaryExpression(ts.SyntaxKind.MinusToken, digits) : digits
}

/** A property that is only a reference gets the description of the referenced schema. */
function formatPropertyComment({ document }: Service, schema: Schema): string {
  const target = resolve(document, schema)
  return comment(describe(target, schema.$ref ? { description: schema.description } : {}))
}

function formatSchemaComment({ document, schemas }: Service, member: ts.PropertySignature): string {
  const schema = schemas[getName(member)]
  return schema ? comment(describe(resolve(document, schema))) : ''
}

/** Formats a comment for the width that is left after the indentation. The printer adds the indentation itself. */
function comment(paragraphs: readonly (string | undefined)[]): string {
  return formatDocComment(paragraphs, 12)
    .replaceAll(/^ {12}/gm, '')
    .trimEnd()
}

/** Returns the properties of `components.schemas`. */
function getComponentSchemas(nodes: readonly ts.Node[]): ts.PropertySignature[] {
  const members = (node: ts.Node, name: string) =>
    ts.isInterfaceDeclaration(node) && node.name.text === name ? node.members.filter(ts.isPropertySignature) : []
  return nodes
    .flatMap(node => members(node, 'components'))
    .filter(member => getName(member) === 'schemas')
    .flatMap(({ type }) => (type && ts.isTypeLiteralNode(type) ? type.members.filter(ts.isPropertySignature) : []))
}

function getName({ name }: ts.PropertySignature): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : ''
}

function refine(root: ts.Node, comments: ReadonlyMap<ts.Node, string>): ts.Node {
  const visit = (node: ts.Node): ts.Node => {
    const name = getComponentName(node)
    if (name) return factory.createTypeReferenceNode(name)
    const own = comments.get(node)
    const visited = ts.visitEachChild(node, visit, undefined)
    return ts.setSyntheticLeadingComments(
      visited,
      own === undefined ? ts.getSyntheticLeadingComments(visited)?.map(withoutTag) : own ? [asTrivia(own)] : [],
    )
  }
  return visit(root)
}

/** Returns the `X` of `components["schemas"]["X"]`. */
function getComponentName(node: ts.Node): string | undefined {
  const member = indexOf(node)
  const section = member && indexOf(member.object)
  const root = section?.object
  const isComponents =
    root && ts.isTypeReferenceNode(root) && ts.isIdentifier(root.typeName) && root.typeName.text === 'components'
  return isComponents && section.name === 'schemas' ? member?.name : undefined
}

function indexOf(node: ts.Node): { object: ts.TypeNode; name: string } | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isLiteralTypeNode(node.indexType)) return undefined
  const { literal } = node.indexType
  return ts.isStringLiteral(literal) ? { object: node.objectType, name: literal.text } : undefined
}

/**
 * Removes the `@description` tag, which editors display badly. The tag is not needed, because the text of a doc comment is the description.
 */
function withoutTag(trivia: ts.SynthesizedComment): ts.SynthesizedComment {
  return { ...trivia, text: trivia.text.replace('@description ', '') }
}

function asTrivia(comment: string): ts.SynthesizedComment {
  return {
    kind: ts.SyntaxKind.MultiLineCommentTrivia,
    text: comment.slice(2, -2),
    hasTrailingNewLine: true,
    pos: -1,
    end: -1,
  }
}
