declare const items: unique symbol

/**
 * A client of a service that has jobs. `Items` maps each kind of job to what the service sends for one: by the operation
 * that gets it, or by the list. A type alone; nothing of it is there at run time.
 */
export interface JobClient<Items extends object = object> {
  readonly [items]?: Items
}
