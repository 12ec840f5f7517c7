/** Every option of `npm start`, once: the parser, the suggestions and the help are made of this table. */

interface OptionRow {
  /** shown behind the name; without it the option takes no value */
  value?: string;
  /** a value that would do, for the sentence about a missing one */
  example?: string;
  /** one letter */
  short?: string;
  help: string;
}

export const OPTION_TABLE = {
  'demo-only': { help: '데모 주문 1건만 따라가고 끝냅니다. 배송완료면 0, 아니면 1로 끝납니다' },
  'no-demo': { help: '데모 주문 없이 기다립니다' },
  seed: { help: '--no-demo 나 --demo-only 에서도 데모 데이터(신청, 배송)를 넣습니다' },
  json: { help: '표준 출력에 한 줄에 하나씩 JSON만 씁니다 (안내는 표준 오류로)' },
  data: { value: 'DIR', example: './.data', help: '데이터를 남길 폴더. 없으면 메모리에만 둡니다' },
  port: {
    value: 'N',
    example: '4310',
    help: '첫 포트. 운영 화면 N, 모의 우체국 N+1, AWS 접점 N+2 … N+5까지 씁니다 (기본 4300, 0은 빈 포트)',
  },
  speed: { value: 'N|jump', example: '60', help: '시간의 빠르기. jump는 다음 일로 건너뜁니다 (데모 기본)' },
  contracts: { value: 'FILE', example: './contracts.json', help: '데모 계약에 더해 등록할 계약 목록 (JSON)' },
  'epost-url': { value: 'URL', example: 'http://localhost:9000', help: '모의 우체국 대신 쓸 우체국 주소' },
  'epost-key': { value: 'KEY', example: 'abc', help: '그 우체국의 인증키 (종추적에도 씁니다)' },
  'epost-security-key': { value: 'KEY', example: 'abc', help: '그 우체국의 보안키' },
  open: { help: '준비되면 브라우저를 엽니다' },
  quiet: { help: '준비 줄과 문제만 알립니다' },
  'no-color': { help: '색을 쓰지 않습니다 (NO_COLOR 도 같습니다)' },
  help: { short: 'h', help: '이 도움말' },
  version: { help: '버전' },
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof OPTION_TABLE;

/** The table with the rows' optional fields readable on every row. */
export const optionRows = Object.entries(OPTION_TABLE) as [OptionName, OptionRow][];

/** `EPOST_PORT` for `--port`, `EPOST_KEY` for `--epost-key`. */
export const variableOf = (name: OptionName): string =>
  `EPOST_${name
    .replace(/^epost-/, '')
    .replaceAll('-', '_')
    .toUpperCase()}`;
