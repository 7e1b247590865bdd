export type { ReleaseChanges, SpecChange } from './change.ts'
export { compareBundles } from './compare-bundles.ts'
