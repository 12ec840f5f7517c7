import { invalid } from '../aws-error.ts';
import type { Scope } from './scope.ts';
import type { Value } from './value.ts';

/** Where an attribute is: names and places in lists. */
export type Path = (string | number)[];
export const textOf = (path: Path): string =>
  `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;

/** What is left to read of one expression. `where` names it in errors: ConditionExpression, … */
export interface Reader {
  where: string;
  /** the next token as it stands, '' at the end */
  peek(): string;
  next(): string;
  /** Takes the next token if it is this symbol or word, whatever its case. */
  accept(token: string): boolean;
  expect(token: string): void;
  /** An attribute name, `#placeholder`, or a document path of them. */
  path(): Path;
  value(): Value;
  end(): void;
  /** @throws ValidationException about the next token */
  fail(): never;
}

const TOKEN = /\s*([A-Za-z_]\w*|#\w+|:\w+|\d+|<>|<=|>=|[=<>(),.[\]+-])/y;

/** Reads the tokens of an expression. @throws ValidationException where it makes no sense */
export const createReader = (where: string, expression: string, scope: Scope): Reader => {
  const tokens = tokensOf(where, expression);
  let at = 0;
  const peek = () => tokens[at] ?? '';
  const next = () => tokens[at++] ?? '';
  const fail = (): never => {
    const near = tokens.slice(Math.max(0, at - 1), at + 2).join(' ');
    throw invalid(`Invalid ${where}: Syntax error; token: "${peek() || '<EOF>'}", near: "${near}"`);
  };
  const accept = (token: string) => {
    const found = peek().toUpperCase() === token;
    if (found) at += 1;
    return found;
  };
  const name = () => (/^[A-Za-z_#]/.test(peek()) ? scope.name(next(), where) : fail());
  const path = (): Path => {
    const steps: Path = [name()];
    for (;;) {
      if (accept('.')) steps.push(name());
      else if (accept('[')) {
        steps.push(/^\d+$/.test(peek()) ? Number(next()) : fail());
        if (!accept(']')) fail();
      } else return steps;
    }
  };
  return {
    where,
    peek,
    next,
    accept,
    path,
    fail,
    expect: (token) => void (accept(token) || fail()),
    value: () => (peek().startsWith(':') ? scope.value(next(), where) : fail()),
    end: () => void (at < tokens.length && fail()),
  };
};

const tokensOf = (where: string, expression: string): string[] => {
  const tokens: string[] = [];
  const text = expression.trimEnd();
  if (text === '') throw invalid(`Invalid ${where}: The expression can not be empty;`);
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined)
      throw invalid(`Invalid ${where}: Syntax error; token: "${text.slice(at, at + 10)}"`);
    tokens.push(token);
  }
  return tokens;
};
