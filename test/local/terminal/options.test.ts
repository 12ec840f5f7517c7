import { describe, expect, it } from 'vitest';
import { readOptions, type StartOptions } from '../../../local/terminal/options.ts';

const asked = (line: string, env: Record<string, string> = {}) =>
  readOptions(line === '' ? [] : line.split(' '), env);

const optionsOf = (line: string, env: Record<string, string> = {}): StartOptions => {
  const read = asked(line, env);
  if (read.outcome !== 'start') throw new Error(JSON.stringify(read));
  return read.options;
};

describe('options of npm start', () => {
  it('follows a demo order and stays up when nothing is asked for', () => {
    expect(optionsOf('')).toEqual({
      demo: 'then-stay',
      output: 'terminal',
      port: 4300,
      demoData: true,
      quiet: false,
      color: true,
      open: false,
    });
  });

  it.each<[string, Partial<StartOptions>]>([
    ['--demo-only', { demo: 'only', demoData: false }],
    ['--no-demo --json', { demo: 'none', output: 'json', demoData: false }],
    ['--no-demo --seed', { demo: 'none', demoData: true }],
    ['--data ./.data', { dataDir: './.data' }],
    ['--data=./.data', { dataDir: './.data' }],
    ['--port 0', { port: 0 }],
    ['--port 4310', { port: 4310 }],
    ['--speed 60', { speed: 60 }],
    ['--speed 0.5', { speed: 0.5 }],
    ['--speed jump', { speed: 'jump' }],
    ['--contracts shops.json', { contractsFile: 'shops.json' }],
    ['--quiet --no-color --open', { quiet: true, color: false, open: true }],
    [
      '--epost-url http://localhost:9000/ --epost-key k --epost-security-key s',
      { epost: { url: 'http://localhost:9000', key: 'k', securityKey: 's' } },
    ],
  ])('%s', (line, expected) => {
    expect(optionsOf(line)).toMatchObject(expected);
  });

  it('takes what no flag says from EPOST_ variables', () => {
    const env = { EPOST_PORT: '4400', EPOST_JSON: '1', EPOST_NO_DEMO: 'true', EPOST_QUIET: '0' };
    expect(optionsOf('', env)).toMatchObject({ port: 4400, output: 'json', demo: 'none', quiet: false });
    const carrier = { EPOST_URL: 'http://localhost:1', EPOST_KEY: 'a', EPOST_SECURITY_KEY: 'b' };
    expect(optionsOf('', carrier).epost).toEqual({ url: 'http://localhost:1', key: 'a', securityKey: 'b' });
  });

  it('lets a flag win over a variable', () => {
    expect(optionsOf('--port 4310', { EPOST_PORT: '4400' }).port).toBe(4310);
    expect(optionsOf('--demo-only', { EPOST_NO_DEMO: '1' }).demo).toBe('only');
    expect(optionsOf('--no-demo', { EPOST_DEMO_ONLY: '1' }).demo).toBe('none');
  });

  it('uses no colour where NO_COLOR asks for none, whatever it says', () => {
    expect(optionsOf('', { NO_COLOR: '1' }).color).toBe(false);
    expect(optionsOf('', { NO_COLOR: '' }).color).toBe(true);
  });

  it.each(['-h', '--help', '--port 4310 --help', '--help --version'])('answers %s with the help', (line) => {
    expect(asked(line)).toEqual({ outcome: 'help' });
  });

  it('answers --version', () => {
    expect(asked('--version')).toEqual({ outcome: 'version' });
  });

  it.each([
    ['--prot', '알 수 없는 옵션입니다: --prot. 혹시 --port 인가요?'],
    ['--prot=1', '알 수 없는 옵션입니다: --prot. 혹시 --port 인가요?'],
    ['--demoonly', '알 수 없는 옵션입니다: --demoonly. 혹시 --demo-only 인가요?'],
    ['--Json', '알 수 없는 옵션입니다: --Json. 혹시 --json 인가요?'],
    ['--verbose-please', '알 수 없는 옵션입니다: --verbose-please. 쓸 수 있는 옵션은 --help 에 있습니다.'],
    ['-x', '알 수 없는 옵션입니다: -x. 쓸 수 있는 옵션은 --help 에 있습니다.'],
    ['jump', '알 수 없는 인자입니다: jump. 쓸 수 있는 옵션은 --help 에 있습니다.'],
    ['--port', '--port 에는 값이 필요합니다. 예: --port 4310'],
    ['--port --json', '--port 에는 값이 필요합니다. 예: --port 4310'],
    ['--data=', '--data 에는 값이 필요합니다. 예: --data ./.data'],
    ['--json=yes', '--json 에는 값을 줄 수 없습니다: --json=yes'],
    ['--port web', '--port 에는 0부터 65530까지의 정수를 써 주세요: web'],
    ['--port 65531', '--port 에는 0부터 65530까지의 정수를 써 주세요: 65531'],
    ['--port -1', '--port 에는 0부터 65530까지의 정수를 써 주세요: -1'],
    ['--speed 0', '--speed 에는 0보다 크고 100000 이하인 숫자나 jump 를 써 주세요: 0'],
    ['--speed fast', '--speed 에는 0보다 크고 100000 이하인 숫자나 jump 를 써 주세요: fast'],
    ['--demo-only --no-demo', '--demo-only 와 --no-demo 는 함께 쓸 수 없습니다.'],
    ['--epost-key k', '--epost-key 는 --epost-url 과 함께 써 주세요.'],
    ['--epost-url http://localhost:9000', '--epost-url 에는 --epost-key 도 필요합니다.'],
    [
      '--epost-url http://localhost:9000 --epost-key k',
      '--epost-url 에는 --epost-security-key 도 필요합니다.',
    ],
    [
      '--epost-url ship.epost --epost-key k --epost-security-key s',
      '--epost-url 에는 http:// 나 https:// 로 시작하는 주소를 써 주세요: ship.epost',
    ],
  ])('%s is misused, and told so', (line, message) => {
    expect(asked(line)).toEqual({ outcome: 'misused', message });
  });

  it('names the variable where a variable is wrong', () => {
    expect(asked('', { EPOST_PORT: 'web' })).toMatchObject({
      outcome: 'misused',
      message: 'EPOST_PORT 에는 0부터 65530까지의 정수를 써 주세요: web',
    });
  });
});
