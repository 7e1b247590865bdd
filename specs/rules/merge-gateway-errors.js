/**
 * The API gateway is in front of every service. Its codes are written once, in shared/gateway-errors.yaml, without the prefix
 * (`APIG` or `APIGW`). This preprocessor merges them into x-errors of each bundle. It adds the pointers of the gateway after
 * the pointers of the service. It adds each code of the gateway with every prefix. It removes `other`, the list of the codes
 * that mean the same as their HTTP status, because only the linter uses this list (error-code-is-known.js).
 */
export function mergeGatewayErrors() {
  return {
    Root: {
      leave(root) {
        const { gateway, other, ...own } = root['x-errors'] ?? {}
        if (gateway) root['x-errors'] = merge(own, gateway)
        else if (other) root['x-errors'] = own
      },
    },
  }
}

function merge(own, gateway) {
  const full = digits => gateway.prefixes.flatMap(prefix => digits.map(code => `${prefix}.${code}`))
  const kinds = { ...own.kinds }
  for (const [kind, digits] of Object.entries(gateway.kinds)) kinds[kind] = [...(kinds[kind] ?? []), ...full(digits)]
  const fixes = { ...own.fixes }
  for (const [digits, fix] of Object.entries(gateway.fixes ?? {})) for (const code of full([digits])) fixes[code] = fix
  const status = { ...own.status }
  for (const [code, digits] of Object.entries(gateway.status)) status[code] = [...(status[code] ?? []), ...full(digits)]
  return {
    ...own,
    code: union(own.code, gateway.code),
    message: union(own.message, gateway.message),
    requestId: union(own.requestId, gateway.requestId),
    requestIdHeaders: union(own.requestIdHeaders, gateway.requestIdHeaders),
    kinds,
    status,
    fixes,
    messages: gateway.messages,
  }
}

const union = (first = [], second = []) => [...new Set([...first, ...second])]
