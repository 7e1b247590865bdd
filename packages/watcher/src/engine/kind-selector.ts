/** Returns whether a kind of job is selected by `dli:batch`, or by `batch` alone. Without selectors, all kinds are selected. */
export const isKindSelected = (
  { service, kind }: { readonly service: string; readonly kind: string },
  selectors: readonly string[] | undefined,
): boolean => selectors?.some(selector => selector === kind || selector === `${service}:${kind}`) ?? true
