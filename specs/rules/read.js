/**
 * Our rules use these functions to read an API description that consists of many files. A place is a node together with its
 * location. If a `$ref` leads to the node, the location is that of the target. `follow` uses the context of a Redocly visitor,
 * because this context has resolved every `$ref`.
 */

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

export const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * If the node is a `$ref`, returns the place that the `$ref` points to. Otherwise returns the place unchanged. `node` is undefined if the
 * `$ref` does not resolve.
 */
export function follow(ctx, place) {
  if (place.node?.$ref === undefined) return place
  const { node, location } = ctx.resolve(place.node, place.location.source.absoluteRef)
  return { node, location: location ?? place.location }
}

/** Returns a member of a place, without following a `$ref` of the member. */
export const member = (place, ...names) => ({
  node: names.reduce((node, name) => node?.[name], place.node),
  location: place.location.child(names),
})

/** Returns the place that these names lead to, and follows each `$ref` on the way. */
export const descend = (ctx, place, ...names) =>
  names.reduce((inner, name) => follow(ctx, member(inner, name)), follow(ctx, place))

/** Returns the places of the members of an object or array, by name. */
export const entries = (ctx, place) => Object.keys(place.node ?? {}).map(name => [name, descend(ctx, place, name)])

export const rootOf = (ctx, root) => ({ node: root, location: ctx.location })

/** Lists every operation with its place, its path, and the places of its parameters, including those of the path item. */
export function operationsOf(ctx, root) {
  return entries(ctx, descend(ctx, root, 'paths')).flatMap(([path, item]) =>
    METHODS.filter(method => item.node?.[method]).map(method => {
      const place = descend(ctx, item, method)
      const parameters = [place, item].flatMap(owner =>
        entries(ctx, descend(ctx, owner, 'parameters')).map(([, parameter]) => parameter),
      )
      return { id: place.node.operationId, method, path, place, parameters }
    }),
  )
}

export const operationsById = (ctx, root) => new Map(operationsOf(ctx, root).map(found => [found.id, found]))

/** Lists the media types of an operation: first those of the request (with an undefined status), then those of each response. */
export function mediaOf(ctx, operation) {
  const of = (owner, status) =>
    entries(ctx, descend(ctx, owner, 'content')).map(([type, place]) => ({ status, type, place }))
  const responses = entries(ctx, descend(ctx, operation.place, 'responses'))
  return [
    ...of(descend(ctx, operation.place, 'requestBody'), undefined),
    ...responses.flatMap(([status, response]) => of(response, status)),
  ]
}

/** Returns the place of the schema of an operation's success response, and the names and values of the examples. */
export function successOf(ctx, operation) {
  const media = mediaOf(ctx, operation).filter(({ status }) => status?.startsWith('2'))
  return {
    schema: media[0] && descend(ctx, media[0].place, 'schema'),
    examples: media.flatMap(({ place }) =>
      entries(ctx, descend(ctx, place, 'examples')).map(([name, example]) => ({ name, value: example.node?.value })),
    ),
  }
}

export const queryNames = operation =>
  operation.parameters.filter(({ node }) => node?.in === 'query').map(({ node }) => node.name)

/** Returns the schemas of an operation's request bodies, one per media type. */
export const bodySchemas = (ctx, operation) =>
  mediaOf(ctx, operation)
    .filter(({ status }) => status === undefined)
    .map(({ place }) => descend(ctx, place, 'schema'))

/** Returns the names of the properties of an operation's request bodies. */
export const bodyMembers = (ctx, operation) =>
  bodySchemas(ctx, operation).flatMap(({ node }) => Object.keys(node?.properties ?? {}))

/** Returns true if a schema is the root of a file or a component. Only these schemas have a name. */
export const isNamed = pointer => /^#?\/?$|^#\/components\/schemas\/[^/]+$/.test(pointer)
