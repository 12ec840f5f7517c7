/** The machine door's contract, OpenAPI 3.1, made from the very schemas that check requests and shape answers. */
import * as z from 'zod/mini';
import { applicationId, applicationRequest } from './application-request.ts';
import { applicationView } from './application-view.ts';
import { FIXES } from './problem.ts';

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, for programs.' },
    detail: { type: 'string', description: 'Korean.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'rule', 'fix'],
        properties: {
          field: { type: 'string', description: 'Path in the body, e.g. site.zip.' },
          rule: { type: 'string' },
          fix: { type: 'string', description: 'Korean: what to do.' },
        },
      },
    },
  },
} as const;

const view = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Application' } } },
});
const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const idParameter = {
  name: 'applicationId',
  in: 'path',
  required: true,
  description: "The platform's own id of the application; everything is idempotent by it.",
  schema: schemaOf(applicationId),
};

/** The document as it is served under /openapi.json. */
export const openApiDocument = () => ({
  openapi: '3.1.0',
  info: {
    title: '우체국택배 업무자동화: 이용신청',
    version: '1.0.0',
    description:
      'Machine door for the shop platform. Every request is signed with AWS Signature Version 4 (service lambda).',
  },
  security: [{ sigv4: [] }],
  paths: {
    '/applications/{applicationId}': {
      parameters: [idParameter],
      put: {
        operationId: 'putApplication',
        summary: 'Submit, or correct with a higher revision. Repeated: no change.',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ApplicationRequest' } } },
        },
        responses: {
          200: view('Known already, or corrected.'),
          201: view('Taken in.'),
          400: refusal('Not JSON.'),
          409: refusal('Duplicate business, stale or re-used revision, or not possible in this state.'),
          413: refusal('Body above 16 KB.'),
          415: refusal('Not application/json.'),
          422: refusal('Fields to fix.'),
          503: refusal('Try again with the same body.'),
        },
      },
      get: {
        operationId: 'getApplication',
        summary: 'Where the application stands.',
        responses: { 200: view('As it is now.'), 404: refusal('Unknown id.') },
      },
      delete: {
        operationId: 'withdrawApplication',
        summary: 'Withdraw before it is in use. Repeated: no change.',
        responses: {
          200: view('Withdrawn.'),
          404: refusal('Unknown id.'),
          409: refusal('In use: only an operator ends it.'),
          503: refusal('Try again.'),
        },
      },
    },
    '/openapi.json': {
      get: {
        operationId: 'getDocument',
        summary: 'This document.',
        responses: { 200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: {} } } } },
      },
    },
  },
  components: {
    securitySchemes: {
      sigv4: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'AWS4-HMAC-SHA256 …' },
    },
    schemas: {
      ApplicationRequest: described(schemaOf(applicationRequest)),
      Application: schemaOf(applicationView),
      Problem: problemSchema,
    },
  },
});

type JsonSchema = z.core.JSONSchema.BaseSchema;

function schemaOf(schema: z.ZodMiniType): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

/** The fix of each field is also its description; the password can only be written. */
const described = (schema: JsonSchema, path = ''): JsonSchema => ({
  ...schema,
  ...(FIXES[path] !== undefined && { description: FIXES[path] }),
  ...(path === 'epostPassword' && { writeOnly: true, format: 'password' }),
  ...(schema.properties && {
    properties: Object.fromEntries(
      Object.entries(schema.properties).map(([name, inner]) => [
        name,
        described(inner as JsonSchema, path === '' ? name : `${path}.${name}`),
      ]),
    ),
  }),
});
