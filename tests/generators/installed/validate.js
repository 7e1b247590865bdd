/** node validate.js <validator> <spec>: prints the problems that a validator finds, as a JSON array of texts. */
import { readFileSync } from 'node:fs'
import SwaggerParser from '@apidevtools/swagger-parser'
import * as readme from '@readme/openapi-parser'
import * as scalar from '@scalar/openapi-parser'
import spectralCore from '@stoplight/spectral-core'
import rulesets from '@stoplight/spectral-rulesets'

const validators = {
  async spectral(spec) {
    const spectral = new spectralCore.Spectral()
    spectral.setRuleset({ extends: [[rulesets.oas, 'recommended']] })
    return (await spectral.run(spec)).map(({ code, path }) => `${code} at ${path.join('.')}`)
  },
  async readme(spec) {
    const { valid, warnings, errors = [] } = await readme.validate(spec)
    return valid ? warnings : errors
  },
  async scalar(spec) {
    const { valid, errors = [] } = await scalar.validate(spec)
    return valid ? [] : errors
  },
  async 'swagger-parser'(spec) {
    const error = await SwaggerParser.validate(spec).then(
      () => undefined,
      caught => caught,
    )
    return error ? [error.message] : []
  },
}

const [validator, file] = process.argv.slice(2)
const problems = await validators[validator](JSON.parse(readFileSync(file, 'utf8')))
process.stdout.write(JSON.stringify(problems))
