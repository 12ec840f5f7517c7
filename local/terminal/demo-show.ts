import { companyNameIn } from '../demo/contracts.ts';
import { type DemoEnd, followOrder } from '../demo/follow-order.ts';
import type { House } from '../demo/house.ts';
import { tablesOf } from '../demo/tables.ts';
import { createNarrator, type Narrator } from '../demo/narrator.ts';
import { createRecords } from '../demo/records.ts';
import { endLine, followLine, storyLine, waitingLine } from './lines.ts';
import type { Screen } from './screen.ts';
import { pageOf, shipmentPageOf } from './ready.ts';

/** The story on the screen: the demo, and whatever else the bus tells. */
export interface Show {
  narrator: Narrator;
  /** Follows one order to its end. Asked for again while it runs, it answers `running`. */
  demo(): Promise<DemoEnd | { outcome: 'running' }>;
}

export interface ShowOptions {
  house: House;
  screen: Screen;
  speed: number | 'jump';
  /** which lines are shown; `nothing` where a program reads the events themselves */
  tells: 'all' | 'trouble' | 'nothing';
  interrupted: AbortSignal;
}

export const createShow = ({ house, screen, speed, tells, interrupted }: ShowOptions): Show => {
  const { style } = screen;
  const records = createRecords(house.clients.doc, tablesOf(house.stack.outputs));
  const narrator = createNarrator({
    companyOf: companyNameIn(house.contracts),
    numbersLeft: records.numbersLeft,
    settings: house.settings,
    show: (line) => {
      const trouble = line.mark === 'trouble' || line.mark === 'failed';
      if (tells === 'all' || (tells === 'trouble' && trouble)) screen.print(storyLine(line, style));
    },
  });
  let round = 0;
  let running = false;

  const follow = async () => {
    if (tells === 'all')
      for (const line of [...(round > 0 ? [''] : []), followLine(speed, style), '']) screen.print(line);
    const end = await followOrder({
      house,
      records,
      pace: speed === 'jump' ? 'jump' : 'run',
      round: round++,
      look: (shipment) => narrator.look(shipment, house.clock.now()),
      waiting: (next) => screen.waiting(waitingLine(house.clock.now(), next, style)),
      interrupted,
    });
    await narrator.told();
    screen.waiting('');
    const said = sentenceOf(end, house);
    if (said !== undefined && (tells === 'all' || !said.good))
      for (const line of ['', endLine(said, style)]) screen.print(line);
    return end;
  };

  return {
    narrator,
    demo: async () => {
      if (running) return { outcome: 'running' };
      running = true;
      try {
        return await follow();
      } finally {
        running = false;
        screen.waiting('');
      }
    },
  };
};

const sentenceOf = (end: DemoEnd, house: House): Parameters<typeof endLine>[0] | undefined => {
  if (end.outcome === 'delivered')
    return { good: true, text: '데모를 마쳤습니다.', link: shipmentPageOf(house, end.waybillNumber) };
  if (end.outcome === 'refused') return { good: false, text: `배송완료에 이르지 못했습니다: ${end.reason}` };
  if (end.outcome === 'stuck')
    return {
      good: false,
      text: `우체국이 배송완료를 알리지 않아 데모를 멈췄습니다 (상태 ${end.state}).`,
      link: pageOf(house),
    };
  return undefined;
};
