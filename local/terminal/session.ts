/** One run of `npm start`, from the options to the exit code. */
import { createAutopilot } from '../demo/autopilot.ts';
import { readContractsFile } from '../demo/contracts-file.ts';
import { DEMO_CONTRACTS } from '../demo/contracts.ts';
import { isLiveCarrier } from '../demo/carrier.ts';
import { type House, openHouse } from '../demo/house.ts';
import { createShow } from './demo-show.ts';
import { createEnding, type Ending } from './ending.ts';
import { createEventFeed, type EventFeed } from './event-feed.ts';
import { eventJson, jsonLine } from './json-lines.ts';
import { doorLines, readyLine } from './lines.ts';
import { openBrowser } from './open-browser.ts';
import type { StartOptions } from './options.ts';
import { busySentence, firstBusyPort, portsFrom } from './ports.ts';
import { doorsOf, pageOf, readyObject } from './ready.ts';
import { createScreen, type Screen } from './screen.ts';
import { SentenceError } from './sentence.ts';
import { stayUp } from './stay-up.ts';

interface Life {
  options: StartOptions;
  version: string;
  screen: Screen;
  ending: Ending;
  feed: EventFeed;
  house: House;
}

/** Starts, shows the demo where it is wanted, stays up where it is wanted; answers the exit code. */
export const runSession = async (options: StartOptions, version: string): Promise<number> => {
  const started = performance.now();
  const json = options.output === 'json';
  const screen = createScreen(json ? process.stderr : process.stdout, options);
  const ending = createEnding(options.demo === 'only' ? 1 : 0);
  const feed = createEventFeed();
  const house = await start(options, feed).catch((error: unknown) => {
    // Ctrl+C reaches the children, too: what they leave undone then is no failure.
    if (!ending.signal.aborted) throw error;
  });
  if (house === undefined) return ending.code;
  try {
    if (json) {
      process.stdout.write(jsonLine(readyObject(house, version)));
      feed.listen((heard) => process.stdout.write(eventJson(heard)));
    }
    const life = { options, version, screen, ending, feed, house };
    greet(life, (performance.now() - started) / 1000);
    return ending.signal.aborted ? await ending.code : await live(life);
  } finally {
    screen.waiting('');
    await house.stop();
  }
};

const start = async (options: StartOptions, feed: EventFeed): Promise<House> => {
  const ports = portsFrom(options.port);
  const { simulator, ...others } = ports;
  const busy = await firstBusyPort([...Object.values(others), ...(options.epost ? [] : [simulator])]);
  if (busy !== undefined) throw new SentenceError(busySentence(busy, options.port));
  const further = options.contractsFile === undefined ? [] : readContractsFile(options.contractsFile);
  return openHouse({
    ports,
    ...(options.dataDir && { dataDir: options.dataDir }),
    speed: typeof options.speed === 'number' ? options.speed : 1,
    ...(options.epost && { epost: options.epost }),
    contracts: DEMO_CONTRACTS,
    further,
    demoData: options.demoData,
    onEvent: feed.put,
    log: (line, functionName) => {
      if (functionName === '' || process.env['EPOST_DEBUG']) process.stderr.write(`${line}\n`);
    },
  });
};

const greet = ({ options, version, screen, house }: Life, seconds: number): void => {
  for (const line of ['', readyLine(version, seconds, screen.style), '']) screen.print(line);
  if (options.quiet) return;
  for (const line of [...doorLines(doorsOf(house, options.dataDir), screen.style), '']) screen.print(line);
};

const live = async (life: Life): Promise<number> => {
  const { options, screen, ending, feed, house } = life;
  const speed = options.speed ?? (options.demo === 'none' ? 1 : 'jump');
  const tells = options.output === 'json' ? 'nothing' : options.quiet ? 'trouble' : 'all';
  const show = createShow({ house, screen, speed, tells, interrupted: ending.signal });
  feed.listen(show.narrator.hear);
  if (options.open) openBrowser(pageOf(house));
  const withDemo = options.demo !== 'none' && !demoRefused(life);
  if (withDemo) {
    feed.open();
    const end = await Promise.race([show.demo(), ending.code]);
    if (typeof end === 'number') return end;
    if (options.demo === 'only') return end.outcome === 'delivered' ? 0 : 1;
  } else if (options.demo === 'only') return 1;
  else if (speed === 'jump') feed.listen(createAutopilot(house).hear);
  feed.open();
  return stayUp({ ...life, show });
};

/** The real ePost is no place for a demo order. */
const demoRefused = ({ house, screen }: Life): boolean => {
  const refused = isLiveCarrier(house.carrierUrl);
  if (refused)
    for (const line of [
      '  ! 실제 우체국 주소라서 데모 주문은 보내지 않습니다.',
      '    계약은 시험 주문(testYn=Y)으로만 보냅니다.',
    ])
      screen.print(line);
  return refused;
};
