import { invalid } from '../aws-error.ts';
import type { Scope } from './scope.ts';
import { createReader, type Path, textOf } from './tokens.ts';

/** The document paths of a projection expression, if there is one. @throws ValidationException */
export const parseProjection = (text: string | undefined, scope: Scope): Path[] | undefined => {
  if (text === undefined) return undefined;
  const reader = createReader('ProjectionExpression', text, scope);
  const paths = [reader.path()];
  while (reader.accept(',')) paths.push(reader.path());
  reader.end();
  for (const [i, path] of paths.entries())
    for (const other of paths.slice(i + 1)) {
      const shorter = Math.min(path.length, other.length);
      if (textOf(path.slice(0, shorter)) === textOf(other.slice(0, shorter)))
        throw invalid(
          `Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${textOf(path)}, path two: ${textOf(other)}`,
        );
    }
  return paths;
};
