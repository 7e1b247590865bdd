/**
 * The gateway stands in front of every service, so its codes are written once, in shared/gateway-errors.yaml, by their
 * digits. In a bundle each index carries them itself: pointers after the service's own, codes with every prefix.
 */
export function mergeGatewayErrors() {
  return {
    Root: {
      leave(root) {
        const { gateway, ...own } = root['x-errors'] ?? {}
        if (gateway) root['x-errors'] = merge(own, gateway)
      },
    },
  }
}

function merge(own, gateway) {
  const kinds = { ...own.kinds }
  for (const [kind, digits] of Object.entries(gateway.kinds)) {
    const codes = gateway.prefixes.flatMap(prefix => digits.map(code => `${prefix}.${code}`))
    kinds[kind] = [...(kinds[kind] ?? []), ...codes]
  }
  return {
    ...own,
    code: union(own.code, gateway.code),
    message: union(own.message, gateway.message),
    requestId: union(own.requestId, gateway.requestId),
    kinds,
  }
}

const union = (first = [], second = []) => [...new Set([...first, ...second])]
