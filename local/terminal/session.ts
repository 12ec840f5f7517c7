/** One run of `npm start`, from the options to the exit code. */
import type { BusEvent } from '../cloud/events/event-shape.ts';
import { createAutopilot } from '../demo/autopilot.ts';
import { readContractsFile } from '../demo/contracts-file.ts';
import { DEMO_CONTRACTS } from '../demo/contracts.ts';
import { type House, isLiveCarrier, openHouse } from '../demo/house.ts';
import { createShow, type Show } from './demo-show.ts';
import { createEnding, type Ending } from './ending.ts';
import type { Told } from './event-lines.ts';
import { helpText } from './help.ts';
import { eventJson, jsonLine } from './json-lines.ts';
import { listenForKeys, type KeyAction } from './keys.ts';
import { doorLines, keysLine, readyLine } from './lines.ts';
import { openBrowser } from './open-browser.ts';
import type { StartOptions } from './options.ts';
import { busySentence, firstBusyPort, portsFrom } from './ports.ts';
import { doorsOf, pageOf, readyObject } from './ready.ts';
import { createScreen, type Screen } from './screen.ts';
import { SentenceError } from './sentence.ts';

/** Starts, shows the demo where it is wanted, stays up where it is wanted; answers the exit code. */
export const runSession = async (options: StartOptions, version: string): Promise<number> => {
  const started = performance.now();
  const json = options.output === 'json';
  const screen = createScreen(json ? process.stderr : process.stdout, options);
  const ending = createEnding(options.demo === 'only' ? 1 : 0);
  const listeners: ((event: Told) => void)[] = [];
  const hear = (event: BusEvent) => {
    const told = { detailType: event['detail-type'], detail: event.detail, at: Date.parse(event.time) };
    if (json) process.stdout.write(eventJson({ ...told, source: event.source }));
    for (const listen of listeners) listen(told);
  };
  const house = await start(options, hear);
  if (json) process.stdout.write(jsonLine(readyObject(house, version)));
  try {
    const seconds = (performance.now() - started) / 1000;
    return await live({ options, version, screen, ending, house, listeners, seconds });
  } finally {
    screen.waiting('');
    await house.stop();
  }
};

const start = async (options: StartOptions, onEvent: (event: BusEvent) => void): Promise<House> => {
  const ports = portsFrom(options.port);
  const needed = options.epost ? [ports.edge, ports.control] : [ports.edge, ports.simulator, ports.control];
  const busy = await firstBusyPort(needed);
  if (busy !== undefined) throw new SentenceError(busySentence(busy, options.port));
  const further = options.contractsFile === undefined ? [] : readContractsFile(options.contractsFile);
  return openHouse({
    ports,
    ...(options.dataDir && { dataDir: options.dataDir }),
    speed: typeof options.speed === 'number' ? options.speed : 1,
    ...(options.epost && { epost: options.epost }),
    contracts: [...DEMO_CONTRACTS, ...further],
    onEvent,
    log: (line, functionName) => {
      if (functionName === '' || process.env['EPOST_DEBUG']) process.stderr.write(`${line}\n`);
    },
  });
};

interface Life {
  options: StartOptions;
  version: string;
  screen: Screen;
  ending: Ending;
  house: House;
  listeners: ((event: Told) => void)[];
  seconds: number;
}

const live = async (life: Life): Promise<number> => {
  const { options, version, screen, ending, house, listeners, seconds } = life;
  if (ending.signal.aborted) return ending.code;
  const speed = options.speed ?? (options.demo === 'none' ? 1 : 'jump');
  const show = createShow({ house, screen, speed, quiet: options.quiet, interrupted: ending.signal });
  listeners.push(show.narrator.hear);
  for (const line of ['', readyLine(version, seconds, screen.style), '']) screen.print(line);
  if (!options.quiet)
    for (const line of doorLines(doorsOf(house, options.dataDir), screen.style)) screen.print(line);
  if (options.open) openBrowser(pageOf(house));
  const withDemo = options.demo !== 'none' && !demoRefused(life);
  if (withDemo) {
    const end = await Promise.race([show.demo(), ending.code]);
    if (typeof end === 'number') return end;
    if (options.demo === 'only') return end.outcome === 'delivered' ? 0 : 1;
  } else if (options.demo === 'only') return 1;
  if (speed === 'jump' && !withDemo) listeners.push(createAutopilot(house).hear);
  return stay(life, show);
};

/** The real ePost is no place for a demo order. */
const demoRefused = ({ house, screen }: Life): boolean => {
  const refused = isLiveCarrier(house.carrierUrl);
  if (refused)
    screen.print(
      '  ! 실제 우체국 주소라서 데모 주문은 보내지 않습니다. 계약은 시험 주문(testYn=Y)으로만 보냅니다.',
    );
  return refused;
};

const stay = async ({ screen, ending, house, version, options }: Life, show: Show): Promise<number> => {
  if (!process.stdin.isTTY || !screen.live) return ending.code;
  if (!options.quiet) screen.print(keysLine(screen.style));
  const actions: Record<KeyAction, () => unknown> = {
    stop: ending.interrupt,
    quit: () => ending.end(0),
    open: () => openBrowser(pageOf(house)),
    help: () => screen.print(`\n${helpText(version)}`),
    demo: () =>
      show.demo().then(
        ({ outcome }) =>
          outcome !== 'running' && outcome !== 'interrupted' && screen.print(keysLine(screen.style)),
        (error: unknown) => screen.print(`  ✕ ${error instanceof Error ? error.message : String(error)}`),
      ),
  };
  const giveBack = listenForKeys(process.stdin, (action) => void actions[action]());
  try {
    return await ending.code;
  } finally {
    giveBack();
  }
};
