import { defineConfig } from 'vitest/config';
import { hasJava } from './support/java.ts';

/** The tests of what is written in DynamoDB's own expressions, on AWS's DynamoDB Local instead of the native engine. */
const ROOMS = ['waybill', 'shipment', 'order', 'transmission', 'audit', 'merchant'];

if (!hasJava()) {
  console.log(
    'Skipped: the second engine is AWS’s DynamoDB Local, which needs Java 17 or newer on the PATH.',
  );
}

export default defineConfig({
  test: {
    name: 'second engine',
    include: hasJava() ? ROOMS.map((room) => `test/${room}/**/*.test.ts`) : [],
    passWithNoTests: true,
    globalSetup: 'test/support/second-engine.ts',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
