import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { applicationView } from '../../functions/platform-api/application-view.ts';
import { openApiDocument } from '../../functions/platform-api/openapi.ts';
import { FIXES } from '../../functions/platform-api/problem.ts';
import { aRequest, type Door, openDoor } from './door.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.stop());

const document = openApiDocument();
type Schema = { properties?: Record<string, Schema>; required?: string[]; additionalProperties?: unknown };

/** Paths of all fields, as problems name them. */
const fieldsOf = (schema: Schema, path = ''): string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return [here, ...fieldsOf(inner, here)];
  });

describe('the document', () => {
  const request = document.components.schemas.ApplicationRequest as Schema;

  it('is served as it is, OpenAPI 3.1', async () => {
    const { status, json } = await door.send('GET', '/openapi.json');
    expect(status).toBe(200);
    expect(json).toEqual(JSON.parse(JSON.stringify(document)));
    expect(json['openapi']).toBe('3.1.0');
  });

  it('describes every field of a request, each with its fix', () => {
    const names = fieldsOf(request);
    expect(names).toContain('site.address2');
    expect(names.filter((name) => FIXES[name] === undefined)).toEqual([]);
    expect(fieldsOf(request).toSorted()).toEqual(
      Object.keys(FIXES)
        .filter((name) => name !== 'applicationId')
        .toSorted(),
    );
  });

  it('refuses what is not in it', () => {
    expect(request.additionalProperties).toBe(false);
    expect(request.properties?.['site']?.additionalProperties).toBe(false);
  });

  it('asks for what the door asks for', async () => {
    for (const name of Object.keys(request.properties ?? {})) {
      const { [name]: _left, ...rest } = aRequest() as Record<string, unknown>;
      const { status, json } = await door.put(`A-${name}`, {
        ...rest,
        shopId: name === 'shopId' ? undefined : name,
      });
      const missing = status === 422 && json.errors?.some(({ field }) => field === name);
      expect([name, missing]).toEqual([name, request.required?.includes(name) ?? false]);
    }
  });

  it('says that the password can only be written', () => {
    expect(request.properties?.['epostPassword']).toMatchObject({ writeOnly: true });
    expect(fieldsOf(document.components.schemas.Application as Schema)).not.toContain('epostPassword');
  });

  it('has an answer for every status that the door gave, and the answers have its form', async () => {
    const operations = document.paths['/applications/{applicationId}'];
    const given = [
      [operations.put, await door.put('B-1', aRequest({ shopId: 'b', businessNo: '0030000033' }))],
      [operations.put, await door.put('B-1', aRequest({ shopId: 'b', businessNo: '0030000033' }))],
      [operations.put, await door.put('B-2', aRequest({ shopId: 'c', businessNo: '0030000033' }))],
      [operations.put, await door.put('B-1', {})],
      [operations.put, await door.put('B-1', '{')],
      [operations.get, await door.send('GET', '/applications/B-1')],
      [operations.get, await door.send('GET', '/applications/B-9')],
      [operations.delete, await door.send('DELETE', '/applications/B-1')],
      [operations.delete, await door.send('DELETE', '/applications/B-9')],
    ] as const;
    for (const [operation, { status, json }] of given) {
      expect(Object.keys(operation.responses)).toContain(String(status));
      if (status < 300) expect(z.safeParse(applicationView, json).success).toBe(true);
      else expect(json).toMatchObject({ type: 'about:blank', status, code: expect.any(String) });
    }
  });
});
