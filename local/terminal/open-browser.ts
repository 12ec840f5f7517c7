import { spawn } from 'node:child_process';

const OPENERS: Record<string, readonly [string, ...string[]]> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Opens a page in the user's browser; a machine without one just does not. */
export const openBrowser = (url: string): void => {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
};
