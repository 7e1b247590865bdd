import type { Operation } from '../read/operation.ts'
import type { Service } from '../read/service.ts'
import { formatDocComment } from '../text/doc-comment.ts'
import { buildCall, buildLoop } from './call.ts'
import { getPaging } from './lists.ts'

/** Returns the doc comment of a method. It contains the summary, description, route, headers, source, errors and an example. */
export function emitMethodComment(service: Service, operation: Operation): string {
  const { summary, description, route, source, headers, failures, deprecated } = operation
  return formatDocComment(
    [
      sentence(summary),
      description,
      `\`${route}\``,
      headers.length > 0
        ? [
            'Optional headers, in `options.headers`:',
            ...headers.map(({ name, description = '' }) => `- \`${name}\` ${description}`),
          ].join('\n')
        : undefined,
      source && `${source}.`,
      deprecated ? '@deprecated' : undefined,
      failures.length > 0 ? `@throws ApiError for ${failures.join(', ')}` : '@throws ApiError',
      `@example\n${example(service, operation)}`,
    ],
    2,
  )
}

/** The example of a list iterates over the items of all pages. */
function example(service: Service, operation: Operation): string {
  return getPaging(operation)
    ? buildLoop(service, operation, 'item', ['console.log(item)'])
    : buildCall(service, operation).code
}

function sentence(text: string | undefined): string | undefined {
  return text && (/[.!?]$/.test(text) ? text : `${text}.`)
}
