import { defineConfig } from 'vitest/config';

/**
 * Three lanes. `template` loads aws-cdk-lib once for all its files (no isolation: 2.7 s instead of 10.4 s).
 * `unit` is plain logic, stores and the carrier door. `journeys` starts real engines and child processes, so its
 * files take turns and its limits are generous; nothing in it sleeps to pass the time.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'template',
          include: ['test/lib/**/*.test.ts', 'test/house/**/*.test.ts'],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/lib/**',
            'test/house/**',
            'test/local/**',
            'test/journeys/**',
            'test/simulation/*.test.ts',
            'test/security/deployed/**',
            '**/node_modules/**',
          ],
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/{local,journeys,security/deployed}/**/*.test.ts', 'test/simulation/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
