import type { Action, ActionResult, Context } from '../../page.ts';
import { one } from '../../form.ts';
import { moment } from '../../time.ts';
import { bandPath, contractAt } from '../bands/band-path.ts';
import { bandShopOf } from '../bands/band-shops.ts';
import { countWords } from '../bands/band-words.ts';
import { actorOf } from '../deeds.ts';
import { type ImportInput, parseImport } from './import-form.ts';
import { reportOf } from './import-report.ts';
import { namesIn, readModel, todayOf } from './model.ts';
import { askImport, askRetire } from './questions.ts';

const PAGE = '/bands/:id';
const contractOf = ({ params }: Context): string => contractAt(params['id'] ?? '');

/**
 * Lends numbers to a contract: all of them or none, with one audit row. The second time: it is said that they are
 * there, and what waits for numbers is told once more, in case the first telling was lost.
 */
export const importBand: Action<ImportInput> = {
  path: `${PAGE}/import`,
  role: 'manage',
  page: PAGE,
  parse: parseImport,
  confirm: async (context, { request }) => {
    const contractId = contractOf(context);
    const [shop, answer] = await Promise.all([
      bandShopOf(context.ports, contractId),
      context.ports.pools.tryImport({ contractId, request }),
    ]);
    // What is wrong is told at once, not after a question.
    return shop === undefined || answer.outcome === 'refused'
      ? undefined
      : askImport(shop.name, answer.checked);
  },
  perform: async (context, { request, receivedOn }) => {
    const { ports, now, requestId } = context;
    const contractId = contractOf(context);
    const shop = await bandShopOf(ports, contractId);
    if (shop === undefined) return { outcome: 'not-found' };
    if (shop.contract?.numbering === 'carrier-issued')
      return {
        outcome: 'conflict',
        message: '우체국이 접수하며 번호를 정하는 계약이라 대역을 쓰지 않습니다.',
      };
    if (receivedOn > todayOf(now))
      return problem('receivedOn', '받은 날이 오늘보다 뒤입니다. 날짜를 확인해 주세요.');
    const answer = await ports.pools.lend({
      contractId,
      request,
      receivedOn,
      now,
      by: actorOf(context),
      reason: `우체국에서 ${receivedOn}에 받은 번호`,
      requestId,
    });
    if (answer.outcome === 'refused') {
      const [first] = answer.problems;
      if (first?.rule !== 'already-there') return refused(context, request, answer.problems);
      await tellImported(context, contractId);
      return { outcome: 'conflict', message: first.fix };
    }
    await tellImported(context, contractId);
    const text = `${shop.name}에 ${countWords(answer.size)}를 추가했습니다. 이제 ${countWords(answer.available)} 남아 있습니다.`;
    return {
      outcome: 'done',
      to: bandPath(contractId),
      notice: { tone: 'ok', text, link: { href: '/bands', label: '운송장번호 목록' } },
    };
  },
};

const tellImported = ({ ports }: Context, contractId: string): Promise<void> =>
  ports.publish([{ detailType: 'WaybillBlockImported', detail: { contractId } }]);

const problem = (field: string, message: string): ActionResult => ({
  outcome: 'problems',
  problems: [{ field, message }],
});

const refused = async (
  { ports }: Context,
  request: ImportInput['request'],
  problems: Parameters<typeof reportOf>[1],
): Promise<ActionResult> => {
  const report = reportOf(request, problems, await namesIn(ports, problems));
  return {
    outcome: 'problems',
    problems: report.problems,
    ...(report.rows.length > 0 && { shown: { rows: JSON.stringify(report.rows) } }),
  };
};

/** Gives back what a block has left. The second time: it is said who did it when, and nothing is written. */
export const retireBand: Action<number> = {
  path: `${PAGE}/retire`,
  role: 'manage',
  page: PAGE,
  parse: (form) => {
    const block = Number(one(form, 'block'));
    return Number.isSafeInteger(block) && block > 0
      ? { outcome: 'input', input: block }
      : { outcome: 'problems', problems: [{ field: 'block', message: '반납할 대역을 골라 주세요' }] };
  },
  confirm: async (context, block) => {
    const model = await readModel(context);
    return askRetire(block, model?.blocks.find((one) => one.block === block)?.left ?? 0);
  },
  perform: async (context, block, { reason }) => {
    const { ports, now, requestId } = context;
    const contractId = contractOf(context);
    if (reason === undefined) return problem('_reason', '사유를 적어 주세요');
    const by = actorOf(context);
    const answer = await ports.pools.retire({ contractId, block, by, reason, now, requestId });
    switch (answer.outcome) {
      case 'not-found':
        return { outcome: 'not-found' };
      case 'already-retired':
        return {
          outcome: 'conflict',
          message: `${moment(answer.at, now)} ${answer.by} 님이 이미 반납한 대역입니다.`,
        };
      case 'frozen':
        return {
          outcome: 'conflict',
          message:
            '번호 발급이 멈춰 있어 반납할 수 없습니다. 어디까지 썼는지 확인하고 발급을 재개한 뒤 반납해 주세요.',
        };
      case 'used-up':
        return { outcome: 'conflict', message: '모든 번호가 출고에 쓰여 반납할 번호가 없습니다.' };
      case 'retired':
        return {
          outcome: 'done',
          to: bandPath(contractId),
          notice: {
            tone: 'ok',
            text: `${block}번째 대역의 번호 ${countWords(answer.removed)}를 반납했습니다. 이제 ${countWords(answer.available)} 남아 있습니다.`,
          },
        };
    }
  },
};

export const bandActions = [importBand, retireBand];
