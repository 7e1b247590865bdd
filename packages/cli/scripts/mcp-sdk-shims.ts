/**
 * The bundle contains this module instead of a module of the MCP SDK. The two modules have the same exports, but the module of the SDK
 * contains a copy of ajv.
 */
export { default as process } from 'node:process'
export { DefaultJsonSchemaValidator } from '../src/mcp/json-schema-validator.ts'
