declare const items: unique symbol

/**
 * A client of a service that has jobs. `Items` maps each kind of job to the type of its `get` response, or of its items in lists if it
 * has no `get` operation. `Items` exists in types only.
 */
export interface JobClient<Items extends object = object> {
  readonly [items]?: Items
}
