/** What `npm start` was asked to do. Flag > `EPOST_*` variable > default. */
import { parseArgs } from 'node:util';
import { OPTION_TABLE, type OptionName, optionRows, variableOf } from './option-table.ts';
import { nearestName } from './nearest-name.ts';
import { HIGHEST_FIRST_PORT } from './ports.ts';

export interface StartOptions {
  demo: 'then-stay' | 'only' | 'none';
  output: 'terminal' | 'json';
  /** folder that keeps the data; without it everything is in memory */
  dataDir?: string;
  /** the console's; the others follow as in ports.ts; 0 = free ports */
  port: number;
  /** virtual seconds per second, or from one event to the next; `undefined` = jump in a demo, else 1 */
  speed?: number | 'jump';
  /** file with further contracts */
  contractsFile?: string;
  /** another carrier endpoint than the simulator */
  epost?: { url: string; key: string; securityKey: string };
  /** applications and parcels to look at in the console */
  demoData: boolean;
  quiet: boolean;
  /** false = never; true = where the output is a terminal */
  color: boolean;
  open: boolean;
}

export type Asked =
  | { outcome: 'start'; options: StartOptions }
  | { outcome: 'help' }
  | { outcome: 'version' }
  | { outcome: 'misused'; message: string };

type Given = { value: string; from: string };
type AllGiven = Partial<Record<OptionName, Given>>;

class Misuse extends Error {}

/** Reads arguments and variables. A misuse is answered with the Korean sentence to show (exit code 2). */
export const readOptions = (args: readonly string[], env: Record<string, string | undefined>): Asked => {
  try {
    const flags = readFlags(args);
    if (flags.help) return { outcome: 'help' };
    if (flags.version) return { outcome: 'version' };
    return { outcome: 'start', options: toOptions({ ...readVariables(env), ...flags }, flags, env) };
  } catch (error) {
    if (error instanceof Misuse) return { outcome: 'misused', message: error.message };
    throw error;
  }
};

const readFlags = (args: readonly string[]): AllGiven => {
  const options = Object.fromEntries(
    optionRows.map(([name, { value, short }]) => [
      name,
      { type: value ? ('string' as const) : ('boolean' as const), ...(short && { short }) },
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const given: AllGiven = {};
  for (const token of tokens) {
    if (token.kind === 'positional') throw new Misuse(`알 수 없는 인자입니다: ${token.value}. ${SEE_HELP}`);
    if (token.kind === 'option') given[knownName(token.name, token.rawName)] = flagOf(token);
  }
  return given;
};

const SEE_HELP = '쓸 수 있는 옵션은 --help 에 있습니다.';

const knownName = (name: string, rawName: string): OptionName => {
  if (Object.hasOwn(OPTION_TABLE, name)) return name as OptionName;
  const near = nearestName(name, Object.keys(OPTION_TABLE));
  throw new Misuse(`알 수 없는 옵션입니다: ${rawName}. ${near ? `혹시 --${near} 인가요?` : SEE_HELP}`);
};

const flagOf = (token: {
  name: string;
  value?: string | undefined;
  inlineValue?: boolean | undefined;
}): Given => {
  const row = optionRows.find(([name]) => name === token.name)?.[1];
  const from = `--${token.name}`;
  if (row?.value === undefined) {
    if (token.value !== undefined)
      throw new Misuse(`${from} 에는 값을 줄 수 없습니다: ${from}=${token.value}`);
    return { value: '1', from };
  }
  const swallowed = !token.inlineValue && token.value?.startsWith('--');
  if (!token.value || swallowed) throw new Misuse(`${from} 에는 값이 필요합니다. 예: ${from} ${row.example}`);
  return { value: token.value, from };
};

const NO = ['', '0', 'false', 'no'];

const readVariables = (env: Record<string, string | undefined>): AllGiven => {
  const given: AllGiven = {};
  for (const [name, row] of optionRows) {
    const from = variableOf(name);
    const value = env[from];
    if (value === undefined || value === '') continue;
    if (name === 'help' || name === 'version' || (row.value === undefined && NO.includes(value))) continue;
    given[name] = { value, from };
  }
  return given;
};

const toOptions = (
  given: AllGiven,
  flags: AllGiven,
  env: Record<string, string | undefined>,
): StartOptions => {
  const epost = epostOf(given, flags);
  return {
    demo: demoOf(given, flags),
    output: given.json ? 'json' : 'terminal',
    ...(given.data && { dataDir: given.data.value }),
    port: given.port ? portOf(given.port) : 4300,
    ...(given.speed && { speed: speedOf(given.speed) }),
    ...(given.contracts && { contractsFile: given.contracts.value }),
    ...(epost && { epost }),
    demoData: given.seed !== undefined || demoOf(given, flags) === 'then-stay',
    quiet: given.quiet !== undefined,
    color: given['no-color'] === undefined && !env['NO_COLOR'],
    open: given.open !== undefined,
  };
};

/** A flag wins over a variable that asks for the opposite; two flags contradict each other. */
const demoOf = (given: AllGiven, flags: AllGiven): StartOptions['demo'] => {
  if (flags['demo-only'] && flags['no-demo'])
    throw new Misuse('--demo-only 와 --no-demo 는 함께 쓸 수 없습니다.');
  if (flags['demo-only']) return 'only';
  if (flags['no-demo'] || given['no-demo']) return 'none';
  return given['demo-only'] ? 'only' : 'then-stay';
};

const portOf = ({ value, from }: Given): number => {
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= HIGHEST_FIRST_PORT) return port;
  throw new Misuse(`${from} 에는 0부터 ${HIGHEST_FIRST_PORT}까지의 정수를 써 주세요: ${value}`);
};

const FASTEST = 100_000;

const speedOf = ({ value, from }: Given): number | 'jump' => {
  if (value === 'jump') return 'jump';
  const speed = Number(value);
  if (value.trim() !== '' && speed > 0 && speed <= FASTEST) return speed;
  throw new Misuse(`${from} 에는 0보다 크고 ${FASTEST} 이하인 숫자나 jump 를 써 주세요: ${value}`);
};

const epostOf = (given: AllGiven, flags: AllGiven): StartOptions['epost'] => {
  const url = given['epost-url'];
  const keys = ['epost-key', 'epost-security-key'] as const;
  if (url === undefined) {
    for (const name of keys) if (flags[name]) throw new Misuse(`--${name} 는 --epost-url 과 함께 써 주세요.`);
    return undefined;
  }
  if (!/^https?:$/.test(URL.parse(url.value)?.protocol ?? ''))
    throw new Misuse(`${url.from} 에는 http:// 나 https:// 로 시작하는 주소를 써 주세요: ${url.value}`);
  const [key, securityKey] = keys.map((name) => {
    const found = given[name];
    if (found === undefined) throw new Misuse(`--epost-url 에는 --${name} 도 필요합니다.`);
    return found.value;
  });
  return { url: url.value.replace(/\/+$/, ''), key: key!, securityKey: securityKey! };
};
