import { addKnownStates } from './add-known-states.js'
import { credentialsResolve } from './credentials-resolve.js'
import { errorCodeIsKnown } from './error-code-is-known.js'
import { exampleHasItsName } from './example-has-its-name.js'
import { extensionFitsItsSchema } from './extension-fits-its-schema.js'
import { extensionOperationsExist } from './extension-operations-exist.js'
import { gapIsMarked } from './gap-is-marked.js'
import { jobListParametersAreDeclared } from './job-list-parameters-are-declared.js'
import { jobOperationsAreNamed } from './job-operations-are-named.js'
import { jobPointersAreRequired } from './job-pointers-are-required.js'
import { jobPointersResolve } from './job-pointers-resolve.js'
import { jobStatesAreMapped } from './job-states-are-mapped.js'
import { listHasPages } from './list-has-pages.js'
import { mergeGatewayErrors } from './merge-gateway-errors.js'
import { extendTypes } from './node-types.js'
import { objectHasAName } from './object-has-a-name.js'
import { operationIdIsVerbAndNoun } from './operation-id-is-verb-and-noun.js'
import { pagePointersResolve } from './page-pointers-resolve.js'
import { parameterNamesDiffer } from './parameter-names-differ.js'
import { responseEnumIsOpen } from './response-enum-is-open.js'

/** The Redocly plugin that redocly.yaml loads: the node types of our extensions, our lint rules and our preprocessors. */
export default function plugin() {
  return {
    id: 'jobscope',
    typeExtension: { oas3: extendTypes },
    rules: {
      oas3: {
        'extension-fits-its-schema': extensionFitsItsSchema,
        'extension-operations-exist': extensionOperationsExist,
        'credentials-resolve': credentialsResolve,
        'job-states-are-mapped': jobStatesAreMapped,
        'job-operations-are-named': jobOperationsAreNamed,
        'job-list-parameters-are-declared': jobListParametersAreDeclared,
        'job-pointers-resolve': jobPointersResolve,
        'job-pointers-are-required': jobPointersAreRequired,
        'page-pointers-resolve': pagePointersResolve,
        'list-has-pages': listHasPages,
        'parameter-names-differ': parameterNamesDiffer,
        'operation-id-is-verb-and-noun': operationIdIsVerbAndNoun,
        'error-code-is-known': errorCodeIsKnown,
        'example-has-its-name': exampleHasItsName,
        'object-has-a-name': objectHasAName,
        'gap-is-marked': gapIsMarked,
        'response-enum-is-open': responseEnumIsOpen,
      },
    },
    preprocessors: { oas3: { 'add-known-states': addKnownStates } },
    decorators: { oas3: { 'merge-gateway-errors': mergeGatewayErrors } },
  }
}
