/**
 * Sorts the operations of one role of a job kind, with the default operation first. `x-jobs` marks the default operation if there
 * are several operations.
 *
 * @example
 * const [create] = defaultFirst([{ operation: 'importTable' }, { operation: 'submitSqlJob', default: true }])
 */
export function defaultFirst<Operation extends { readonly default?: true }>(
  operations: readonly Operation[] = [],
): readonly Operation[] {
  return [
    ...operations.filter(operation => operation.default === true),
    ...operations.filter(operation => operation.default !== true),
  ]
}
