const units: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** The examples in every error message about an invalid duration. */
export const durationExamples = '3 (seconds), 500ms, 90s, 30m, 2h or 7d'

/** The longest duration that options accept, in ms: 100 years. */
export const maxDuration = 36_500 * 86_400_000

/**
 * Converts a duration from the command line to ms. A number without a unit is in seconds. Returns undefined if the text is not a
 * duration.
 */
export function parseDurationText(text: string): number | undefined {
  const [, count, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|[smhdw])?$/.exec(text) ?? []
  return count === undefined ? undefined : Number(count) * (units[unit] as number)
}
