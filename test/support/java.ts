import { execFileSync } from 'node:child_process';

/** AWS's DynamoDB Local needs Java 17 or newer. */
export const hasJava = (): boolean => {
  try {
    const version = execFileSync('java', ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
    return Number(/\d+/.exec(version)?.[0] ?? 0) >= 17;
  } catch {
    return false; // It is not installed.
  }
};
