import ts from 'typescript'

const { factory } = ts

/**
 * Leaves out what no call is typed by, which is half of the symbols that a user's compiler would have to read: members that
 * are never there, headers of responses, and in `paths` what `operations` says again.
 */
export function slim(node: ts.Node): ts.Node {
  if (!ts.isInterfaceDeclaration(node)) return node
  switch (node.name.text) {
    case 'paths':
      return withMembers(node, node.members.map(path))
    case 'operations':
      return withMembers(
        node,
        node.members.map(member => inside(member, withoutSurplus)),
      )
    case 'components':
      return withMembers(node, node.members.filter(member => nameOf(member) !== 'headers').map(section))
    default:
      return node
  }
}

function withMembers(node: ts.InterfaceDeclaration, members: readonly ts.TypeElement[]): ts.InterfaceDeclaration {
  return factory.updateInterfaceDeclaration(
    node,
    node.modifiers,
    node.name,
    node.typeParameters,
    node.heritageClauses,
    members,
  )
}

/** Of a path only which operations it has; `operations` has their comments. */
function path(member: ts.TypeElement): ts.TypeElement {
  return inside(member, members =>
    members
      .filter(own => !isNever(own) && nameOf(own) !== 'parameters')
      .map(own => ts.setSyntheticLeadingComments(own, undefined)),
  )
}

/** Schemas are left alone: there a member called `headers` is a member. */
function section(member: ts.TypeElement): ts.TypeElement {
  return nameOf(member) === 'responses' ? inside(member, withoutSurplus) : member
}

function withoutSurplus(members: readonly ts.TypeElement[]): readonly ts.TypeElement[] {
  const inResponse = members.some(member => nameOf(member) === 'content')
  return members
    .filter(member => !isNever(member) && !(inResponse && nameOf(member) === 'headers'))
    .map(member => inside(member, withoutSurplus))
}

/** The member with other members in its type, its comment kept. */
function inside(
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

function nameOf({ name }: ts.TypeElement): string {
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : ''
}
