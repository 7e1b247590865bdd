interface RateLimited {
  readonly name: string
  readonly rate?: number | undefined
  readonly burst?: number | undefined
}

/** Returns the rate limit of an account, with the defaults. */
export const getRateLimit = ({ rate = 10, burst = 20 }: RateLimited) => ({ rate, burst })

/**
 * Finds the accounts whose rate limit differs from the limit of the first account with the same name. Accounts with one name share one rate
 * limit, so a different limit would sometimes exceed the limit of the other account.
 */
export const findRateConflicts = (accounts: readonly RateLimited[]) =>
  accounts.flatMap((account, index) => {
    const first = accounts.find(({ name }) => name === account.name) ?? account
    return (['rate', 'burst'] as const).flatMap(key => {
      const [expected, found] = [getRateLimit(first)[key], getRateLimit(account)[key]]
      if (found === expected) return []
      const message = `Accounts with the name "${account.name}" share one rate limit, but have ${key}: ${expected} and ${key}: ${found}. Set the same value.`
      return [{ index, key, message }]
    })
  })
