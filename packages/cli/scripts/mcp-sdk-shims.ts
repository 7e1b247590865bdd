/**
 * Replaces a module of the MCP SDK in the bundle. The module of the SDK has the same exports, but brings a copy of ajv.
 */
export { default as process } from 'node:process'
export { DefaultJsonSchemaValidator } from '../src/mcp/json-schema-validator.ts'
