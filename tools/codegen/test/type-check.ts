import ts from 'typescript'

/**
 * Simplified declarations of the types and functions that the emitted modules import from core. The packages check their generated files
 * against the real declarations.
 */
const core = `
export interface CallOptions { timeout?: number }
export declare function encodeForm(body: object): Promise<object>
export declare function cancelJob(): void
export declare function findJob(): void
export declare const exactJson: object
export declare function createSecretFinder(names: RegExp): () => string[]
export interface Service { name: string; servers: object; operations: object; errors: object; json?: object }
export interface PageRules { [operationId: string]: object }
export type JobKind = object
export interface Pages<Page, Item> extends AsyncIterable<Item> { pages(): AsyncIterable<Page> }
export interface List<Args, AllArgs, Page, Item> {
  (args?: Args, options?: CallOptions): Promise<Page>
  all(args?: AllArgs, options?: CallOptions): Pages<Page, Item>
}
export interface ListOf<Args, AllArgs, Page, Item> {
  (args: Args, options?: CallOptions): Promise<Page>
  all(args: AllArgs, options?: CallOptions): Pages<Page, Item>
}
export interface WaitOptions<Item> { timeout?: string; onPoll?: (job: object, item: Item) => void }
`

/** The declarations of the standard library. They are parsed only once to save time. */
const library = new Map<string, ts.SourceFile | undefined>()

/** Returns the type errors of a set of modules. The compiler options are the strict options of the packages. */
export function findTypeErrors(files: ReadonlyMap<string, string>): string[] {
  const sources = new Map([...files].map(([path, text]) => [`/${path}`, text]))
  sources.set('/core.ts', core)
  const options: ts.CompilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noUnusedLocals: true },
    noPropertyAccessFromIndexSignature: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    paths: { '@jobscope/core': ['/core.ts'], '@jobscope/core/internal': ['/core.ts'] },
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (path, ...rest) => {
    const text = sources.get(path)
    if (text !== undefined) return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023)
    if (!library.has(path)) library.set(path, getSourceFile(path, ...rest))
    return library.get(path)
  }
  host.directoryExists = () => true
  host.fileExists = path => sources.has(path) || fileExists(path)
  host.readFile = path => sources.get(path) ?? readFile(path)
  const program = ts.createProgram([...sources.keys()], options, host)
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file, start = 0 }) => {
    const place = file ? `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1} ` : ''
    return place + ts.flattenDiagnosticMessageText(messageText, '\n')
  })
}
