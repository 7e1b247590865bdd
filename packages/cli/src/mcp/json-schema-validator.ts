import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

/**
 * Validates the arguments of tools. The validator of the MCP SDK contains a copy of ajv. The command already contains ajv, so the build
 * replaces the SDK's validator with this one.
 */
export class DefaultJsonSchemaValidator {
  getValidator<T>(schema: object) {
    const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false, useDefaults: true })
    let validate: ValidateFunction | undefined
    return (input: unknown) => {
      // A schema is compiled at the first call of its tool, because most sessions use only a few tools.
      validate ??= ajv.compile(schema)
      if (validate(input)) return { valid: true as const, data: input as T, errorMessage: undefined }
      const errorMessage = ajv.errorsText(validate.errors, { dataVar: 'arguments' })
      return { valid: false as const, data: undefined, errorMessage }
    }
  }
}
