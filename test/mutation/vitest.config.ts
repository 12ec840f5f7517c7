import { defineConfig } from 'vitest/config';

/** The unit tests of one group: what its mutants are judged by. */
export default defineConfig({
  test: {
    include: (process.env['MUTATION_TESTS'] ?? '').split(' '),
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
