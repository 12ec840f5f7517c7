import { defineConfig } from 'vitest/config';

/** The unit tests of one group: what its mutants are judged by. */
export default defineConfig({
  test: {
    include: (process.env['MUTATION_TESTS'] ?? '').split(' '),
    // Doors are tested over HTTP stand-ins, and no mutant lives in one.
    exclude: ['**/node_modules/**', '**/*.handler.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
