declare const items: unique symbol

/**
 * A client of a service that has jobs. `Items` maps each kind of job to the type of its `get` response. If the kind has no `get` operation,
 * `Items` maps it to the type of its items in lists. `Items` exists only in types, not at run time.
 */
export interface JobClient<Items extends object = object> {
  readonly [items]?: Items
}
