import { mergeGatewayErrors } from './merge-gateway-errors.js'

/** Redocly loads this by path (redocly.yaml): the shape of our extensions, and what happens to them at bundle time. */
export default function plugin() {
  return {
    id: 'jobscope',
    decorators: { oas3: { 'merge-gateway-errors': mergeGatewayErrors } },
  }
}
