import type { Operation } from './operations.ts';

/** One call as it came over the wire, decoded. */
export interface Call {
  operation: Operation;
  /** Parameters of URL and form body by their spelling; the URL wins where both carry one. */
  parameters: ReadonlyMap<string, string>;
  /** The fields inside regData, empty when it is absent or was written with another security key. */
  fields: ReadonlyMap<string, string>;
}

/**
 * Reads the parameters of a URL and a form body and decrypts regData.
 * A regData that cannot be decrypted gives no fields and no error of its own: the live service complains of a
 * missing field (manual p.2 with the errors table), so whoever checks the fields says it.
 */
export function readCall(
  operation: Operation,
  search: URLSearchParams,
  body: string,
  decrypt: (hex: string) => string,
): Call {
  const parameters = new Map<string, string>();
  for (const source of [search, new URLSearchParams(body)]) {
    for (const [name, value] of source) if (!parameters.has(name)) parameters.set(name, value);
  }
  return { operation, parameters, fields: readFields(parameters.get('regData') ?? '', decrypt) };
}

/** Parses `name=value&name=value` with raw values (manual p.2); a value keeps any further `=`. */
export function parsePlaintext(plaintext: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const pair of plaintext.split('&')) {
    const cut = pair.indexOf('=');
    if (cut > 0 && !fields.has(pair.slice(0, cut))) fields.set(pair.slice(0, cut), pair.slice(cut + 1));
  }
  return fields;
}

/** The fields by which faults are matched: regData's, and the number of a tracking call as `regiNo`. */
export function matchFields(call: Call): ReadonlyMap<string, string> {
  const number = call.parameters.get('query') ?? call.parameters.get('rgist');
  return number === undefined ? call.fields : new Map([...call.fields, ['regiNo', number]]);
}

function readFields(hex: string, decrypt: (hex: string) => string): Map<string, string> {
  if (!/^(?:[0-9a-f]{32})+$/i.test(hex)) return new Map();
  return parsePlaintext(decrypt(hex));
}
