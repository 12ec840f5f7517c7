import * as z from 'zod/mini';

/**
 * The function's environment, parsed once at cold start; the only place that reads `process.env`.
 * @throws an Error naming every missing or malformed variable, so a wrong deployment fails at once.
 */
export const readEnvironment = <T>(schema: z.ZodMiniType<T>): T => {
  const parsed = z.safeParse(schema, process.env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Environment is not usable: ${problems.join('; ')}`);
};

/** A variable holding a whole number within bounds, as CloudFormation passes it: a string. */
export const wholeNumber = (min: number, max: number) =>
  z.pipe(
    z.pipe(
      z.string().check(z.regex(/^\d+$/)),
      z.transform((digits) => Number(digits)),
    ),
    z.number().check(z.minimum(min), z.maximum(max)),
  );

/** A variable that must not be empty. */
export const present = z.string().check(z.minLength(1));
