/** A page of a document. RST and Markdown pages have the same form. */
export interface Page {
  /** Id of the page, such as `dli_02_0124`. */
  readonly id: string
  readonly title: string
  readonly file: string
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly table: Table }

export interface Table {
  /** Names that cells of other tables use to refer to this table. */
  readonly labels: readonly string[]
  readonly caption: string
  readonly header: readonly Cell[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface Cell {
  /** Plain text. List items are lines that begin with `-`, and bold values are between `**`. */
  readonly text: string
  readonly links: readonly Link[]
}

/** A reference to another table. */
export interface Link {
  readonly label: string
  readonly text: string
}

export const emptyCell: Cell = { text: '', links: [] }
