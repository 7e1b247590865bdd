export { ContractError, type Violation } from './contract-error.ts'
export { getStandardSchema, type StandardResult, type StandardSchema } from './standard-schema.ts'
export { type ValidatorOptions, validator } from './validator.ts'
