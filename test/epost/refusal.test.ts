import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyRefusal } from '../../functions/epost/refusal.ts';
import type { Operation } from '../../functions/epost/refusal.ts';
import wire from './wire.json' with { type: 'json' };

const OPERATIONS = [...Object.keys(wire.errors), 'trace'] as Operation[];
const documented = Object.entries(wire.errors).flatMap(([operation, errors]) =>
  errors.map(({ code, cause }) => ({ operation: operation as Operation, code, cause })),
);

describe('the class of a refusal', () => {
  it.each(documented)('is known for $operation $code ($cause)', ({ operation, code }) => {
    const refusal = classifyRefusal(operation, code);
    expect(refusal.class).not.toBe('unrecognised');
    expect(refusal.reason).toMatch(/[가-힣].*\.$/);
  });

  it.each<[Operation, string, string, string]>([
    ['InsertOrder', 'ERR-311', 'recipient-data', 'merchant'],
    ['InsertOrder', 'ERR-322', 'recipient-data', 'merchant'],
    ['InsertOrder', 'ERR-323', 'recipient-data', 'merchant'],
    ['InsertOrder', 'ERR-399', 'recipient-data', 'merchant'],
    ['InsertOrder', 'ERR-123', 'contract', 'operator'],
    ['InsertOrder', 'ERR-211', 'contract', 'operator'],
    ['InsertOrder', 'ERR-223', 'contract', 'operator'],
    ['InsertOrder', 'ERR-225', 'contract', 'operator'],
    ['InsertOrder', 'ERR-122', 'our-request', 'developer'],
    ['InsertOrder', 'ERR-111', 'our-request', 'developer'],
    ['InsertOrder', 'ERR-121', 'our-request', 'developer'],
    ['InsertOrder', 'ERR-511', 'our-request', 'developer'],
    ['InsertOrder', 'ERR-521', 'our-request', 'merchant'],
    ['InsertOrder', 'ERR-522', 'our-request', 'merchant'],
    ['InsertOrder', 'ERR-523', 'our-request', 'merchant'],
    ['InsertOrder', 'ERR-226', 'already-there', 'nobody'],
    ['InsertOrder', 'ERR-131', 'system', 'nobody'],
    ['InsertOrder', 'ERR-333', 'system', 'nobody'],
    ['InsertOrder', 'ERR-431', 'system', 'nobody'],
    ['InsertOrder', 'ERR-421', 'unrecognised', 'operator'],
    ['InsertOrder', 'E9', 'unrecognised', 'operator'],
    ['GetResInfo', 'ERR-225', 'not-found', 'nobody'],
    ['GetResCancelCmd', 'ERR-225', 'not-found', 'nobody'],
    ['GetStoppedZipCd', 'ERR-125', 'not-found', 'nobody'],
    ['InsertOffice', 'ERR-226', 'already-there', 'nobody'],
    ['GetCustNo', 'ERR-511', 'contract', 'operator'],
    ['GetApprNo', 'ERR-123', 'contract', 'operator'],
    ['GetCustNo', 'ERR-123', 'contract', 'operator'],
    ['trace', 'ERR-001', 'not-found', 'nobody'],
    ['trace', 'ERR-123', 'contract', 'operator'],
    ['trace', 'ERR-125', 'our-request', 'developer'],
    ['trace', 'ERR-131', 'system', 'nobody'],
    ['trace', 'ERR-321', 'our-request', 'developer'],
  ])('of %s %s is %s, and the next to act: %s', (operation, code, expected, mustAct) => {
    expect(classifyRefusal(operation, code)).toMatchObject({ class: expected, mustAct });
  });

  it('depends on the operation, not on the code alone', () => {
    expect(
      new Set(OPERATIONS.map((operation) => classifyRefusal(operation, 'ERR-125').class)).size,
    ).toBeGreaterThan(1);
  });

  it('is found whatever the case and the blanks of the code', () => {
    expect(classifyRefusal('GetResInfo', ' err-225 ')).toEqual(classifyRefusal('GetResInfo', 'ERR-225'));
  });

  it('makes only the troubles of the system worth another try by itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...OPERATIONS), fc.integer({ min: 0, max: 999 }), (operation, number) => {
        const refusal = classifyRefusal(operation, `ERR-${String(number).padStart(3, '0')}`);
        expect(refusal.retry).toBe(refusal.class === 'system');
        expect(refusal.class !== 'system' || refusal.mustAct === 'nobody').toBe(true);
      }),
    );
  });

  it('gives an answer to any text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...OPERATIONS), fc.string(), (operation, code) => {
        expect(classifyRefusal(operation, code).reason.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('suspicion of the security key', () => {
  it('falls on a field that we did send and ePost misses', () => {
    for (const code of ['ERR-111', 'ERR-211', 'ERR-311', 'ERR-511'])
      expect(classifyRefusal('InsertOrder', code).suspectKey).toBe(true);
    expect(classifyRefusal('GetCustNo', 'ERR-511').suspectKey).toBe(true);
  });

  it('does not fall on wrong values, on system troubles, or where nothing is encrypted', () => {
    for (const code of ['ERR-123', 'ERR-323', 'ERR-131', 'ERR-225'])
      expect(classifyRefusal('InsertOrder', code).suspectKey).toBe(false);
    expect(classifyRefusal('GetStoppedZipCd', 'ERR-111').suspectKey).toBe(false);
    expect(classifyRefusal('trace', 'ERR-111').suspectKey).toBe(false);
  });
});
