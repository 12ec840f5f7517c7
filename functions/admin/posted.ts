import type { Req } from './console-parts.ts';
import type { Form } from './form.ts';

/** A form as it was sent, the machinery's own fields set apart. */
export interface Posted {
  form: Form;
  csrf: string;
  once: string;
  confirmed: boolean;
  reason: string;
  phrase: string;
}
const OWN = ['_csrf', '_once', '_confirmed', '_reason', '_phrase'];

/** Reads the body once. Files become text: UTF-8, or what Excel writes in Korea. */
export const readPosted = async (c: Req): Promise<Posted> => {
  const sent: Record<string, string[]> = {};
  for (const [name, value] of await entriesOf(c)) (sent[name] ??= []).push(value);
  const own = (name: string): string => sent[name]?.[0]?.trim() ?? '';
  return {
    form: Object.fromEntries(Object.entries(sent).filter(([name]) => !OWN.includes(name))),
    csrf: own('_csrf'),
    once: own('_once'),
    confirmed: own('_confirmed') === '1',
    reason: own('_reason').slice(0, 500),
    phrase: own('_phrase'),
  };
};

const entriesOf = async (c: Req): Promise<[string, string][]> => {
  const type = c.req.header('content-type') ?? '';
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return [];
  try {
    const fields = [...(await c.req.formData())];
    return await Promise.all(
      fields.map(async ([name, value]): Promise<[string, string]> => [
        name,
        typeof value === 'string' ? value : decode(await value.arrayBuffer()),
      ]),
    );
  } catch (error) {
    // What is no form is treated as an empty one: it lacks the token and is refused.
    if (error instanceof TypeError) return [];
    throw error;
  }
};

const decode = (bytes: ArrayBuffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('euc-kr').decode(bytes);
  }
};
