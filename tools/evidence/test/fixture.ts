import type { Field, Material, Operation } from '../src/material.ts'
import type { Document } from '../src/spec/document.ts'

export const cakes: Document = {
  paths: {
    '/v1/{project_id}/cakes/{cake_id}': {
      get: {
        operationId: 'getCake',
        parameters: [
          { name: 'cake_id', in: 'path' },
          { name: 'Baker-ID', in: 'header', schema: { type: 'string' } },
        ],
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Cake' } } } },
          400: { content: { 'application/json': { schema: { $ref: '#/components/schemas/CakeError' } } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Cake: {
        type: 'object',
        required: ['state'],
        properties: {
          state: { type: 'string', 'x-known-values': ['rising', 'done'] },
          layers: { type: 'array', items: { $ref: '#/components/schemas/Layer' } },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
        },
      },
      Layer: { type: 'object', properties: { height: { type: 'integer' }, color: { type: 'string' } } },
      CakeError: { type: 'object', required: ['error_code'], properties: { error_code: { type: 'string' } } },
    },
  },
}

export function field(path: string, rest: Partial<Field> = {}): Field {
  return { path, type: 'String', values: [], ...rest }
}

export function operation(rest: Partial<Operation> = {}): Operation {
  return {
    method: 'GET',
    path: '/v1/{project_id}/cakes/{id}',
    title: 'Getting a Cake',
    page: 'demo_1',
    file: 'cakes/getting_a_cake.rst',
    deprecated: false,
    query: [],
    header: [],
    request: [],
    response: ['state', 'layers', 'layers.height', 'layers.color', 'labels'].map(path => field(path)),
    examples: [],
    ...rest,
  }
}

export function material(...operations: readonly Operation[]): Material {
  return { folder: 'docs', operations }
}
