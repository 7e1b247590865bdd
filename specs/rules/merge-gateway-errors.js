/**
 * The gateway stands in front of every service, so its codes are written once, in shared/gateway-errors.yaml, by their
 * digits. In a bundle each index carries them itself: pointers after the service's own, codes with every prefix. `other` is for
 * the linter only (error-code-is-known.js): codes that say no more than their status.
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
    messages: gateway.messages,
  }
}

const union = (first = [], second = []) => [...new Set([...first, ...second])]
