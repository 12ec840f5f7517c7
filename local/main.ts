/** `npm start`: the whole product on this machine, from the template that would be deployed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { helpText } from './terminal/help.ts';
import { readOptions } from './terminal/options.ts';
import { busySentence } from './terminal/ports.ts';
import { SentenceError } from './terminal/sentence.ts';

const MISUSED = 2;
const OLDEST_NODE = [22, 12] as const;

/** The Node version is checked before anything is loaded that an older one cannot read. */
const nodeProblem = (): string | undefined => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const tooOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  return tooOld
    ? `Node ${OLDEST_NODE.join('.')} 이상이 필요합니다 (지금 ${process.versions.node}). npm ci 뒤에 npm start 로 실행해 주세요.`
    : undefined;
};

const readVersion = (): string => {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

const main = async (): Promise<number> => {
  const problem = nodeProblem();
  if (problem !== undefined) return fail(problem, 1);
  const asked = readOptions(process.argv.slice(2), process.env);
  switch (asked.outcome) {
    case 'misused':
      return fail(asked.message, MISUSED);
    case 'help':
      return say(helpText(readVersion()));
    case 'version':
      return say(`${readVersion()}\n`);
    case 'start': {
      const { runSession } = await import('./terminal/session.ts');
      return runSession(asked.options, readVersion());
    }
  }
};

const say = (text: string): number => {
  process.stdout.write(text);
  return 0;
};

const fail = (sentence: string, code: number): number => {
  process.stderr.write(`${sentence}\n`);
  return code;
};

const MOST_LINES = 8;

/** What the reader can do something about, in one sentence; the rest only when asked for. */
const sentenceOf = (error: unknown): string => {
  if (process.env['EPOST_DEBUG']) return String(error instanceof Error ? error.stack : error);
  if (error instanceof SentenceError) return error.message;
  const { code, port, message } = error as { code?: string; port?: number; message?: string };
  if (code === 'EADDRINUSE' && port !== undefined) return busySentence(port, port);
  const lines = (message ?? String(error)).split('\n');
  const more = lines.length > MOST_LINES ? ['… (모두 보려면 EPOST_DEBUG=1 npm start)'] : [];
  return `시작하지 못했습니다: ${[...lines.slice(0, MOST_LINES), ...more].join('\n')}`;
};

process.exitCode = await main().catch((error: unknown) => fail(sentenceOf(error), 1));
// Whatever still listens or waits must not hold the terminal.
process.exit();
