/**
 * Describes the values that a keyword of a schema accepts: `a value of at least 0`.
 *
 * @param params the `params` of an error of ajv
 */
export function describeLimit(keyword: string, params: { readonly [name: string]: unknown }): string {
  const { limit } = params
  const count = (noun: string) => `${limit} ${noun}${limit === 1 ? '' : 's'}`
  switch (keyword) {
    case 'format':
      return `a value of format ${params['format']}`
    case 'pattern':
      return `a value that matches the pattern ${params['pattern']}`
    case 'minimum':
      return `a value of at least ${limit}`
    case 'maximum':
      return `a value of at most ${limit}`
    case 'exclusiveMinimum':
      return `a value greater than ${limit}`
    case 'exclusiveMaximum':
      return `a value less than ${limit}`
    case 'multipleOf':
      return `a multiple of ${params['multipleOf']}`
    case 'minLength':
      return `at least ${count('character')}`
    case 'maxLength':
      return `at most ${count('character')}`
    case 'minItems':
      return `at least ${count('item')}`
    case 'maxItems':
      return `at most ${count('item')}`
    case 'uniqueItems':
      return 'items without duplicates'
    case 'minProperties':
      return `at least ${count('field')}`
    case 'maxProperties':
      return `at most ${count('field')}`
    default:
      return `a value that fulfills ${keyword}`
  }
}
