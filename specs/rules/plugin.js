import { mergeGatewayErrors } from './merge-gateway-errors.js'
import { extendTypes } from './types.js'

/** Redocly loads this by path (redocly.yaml): the shape of our extensions, and what happens to them at bundle time. */
export default function plugin() {
  return {
    id: 'jobscope',
    typeExtension: { oas3: extendTypes },
    decorators: { oas3: { 'merge-gateway-errors': mergeGatewayErrors } },
  }
}
