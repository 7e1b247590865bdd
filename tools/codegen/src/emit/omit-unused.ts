import ts from 'typescript'

const { factory } = ts

/**
 * Omits the types that no method uses: properties of type `never`, headers of responses, and the parts of `paths` that `operations`
 * repeats. With these types, a user's compiler would read twice as many symbols.
 */
export function omitUnused(node: ts.Node): ts.Node {
  if (!ts.isInterfaceDeclaration(node)) return node
  switch (node.name.text) {
    case 'paths':
      return replaceMembers(node, node.members.map(trimPath))
    case 'operations':
      return replaceMembers(
        node,
        node.members.map(member => changeProperties(member, omitUnusedProperties)),
      )
    case 'components':
      return replaceMembers(node, node.members.filter(member => getName(member) !== 'headers').map(trimSection))
    default:
      return node
  }
}

function replaceMembers(node: ts.InterfaceDeclaration, members: readonly ts.TypeElement[]): ts.InterfaceDeclaration {
  return factory.updateInterfaceDeclaration(
    node,
    node.modifiers,
    node.name,
    node.typeParameters,
    node.heritageClauses,
    members,
  )
}

/** Keeps only the operations of a path. Removes the comments of the operations, because `operations` repeats the comments. */
function trimPath(member: ts.TypeElement): ts.TypeElement {
  return changeProperties(member, members =>
    members
      .filter(own => !isNever(own) && getName(own) !== 'parameters')
      .map(own => ts.setSyntheticLeadingComments(own, undefined)),
  )
}

/** Removes unused properties of responses, such as `headers`. Other sections stay unchanged: in a schema, `headers` is an ordinary property. */
function trimSection(member: ts.TypeElement): ts.TypeElement {
  return getName(member) === 'responses' ? changeProperties(member, omitUnusedProperties) : member
}

function omitUnusedProperties(members: readonly ts.TypeElement[]): readonly ts.TypeElement[] {
  const inResponse = members.some(member => getName(member) === 'content')
  return members
    .filter(member => !isNever(member) && !(inResponse && getName(member) === 'headers'))
    .map(member => changeProperties(member, omitUnusedProperties))
}

/** Changes the members of an inline object type. Keeps the comment of the property that has this type. */
function changeProperties(
  member: ts.TypeElement,
  change: (members: readonly ts.TypeElement[]) => readonly ts.TypeElement[],
): ts.TypeElement {
  if (!ts.isPropertySignature(member) || !member.type || !ts.isTypeLiteralNode(member.type)) return member
  const type = factory.updateTypeLiteralNode(member.type, factory.createNodeArray(change(member.type.members)))
  const updated = factory.updatePropertySignature(member, member.modifiers, member.name, member.questionToken, type)
  return ts.setSyntheticLeadingComments(updated, ts.getSyntheticLeadingComments(member))
}

function isNever(member: ts.TypeElement): boolean {
  return (
    ts.isPropertySignature(member) &&
    member.questionToken !== undefined &&
    member.type?.kind === ts.SyntaxKind.NeverKeyword
  )
}

function getName({ name }: ts.TypeElement): string {
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : ''
}
