import { findingSentence } from '../ledger-audit/finding.ts';
import type { FenceProblem } from './plan.ts';
import type { FenceAnswer } from './restore-fence.store.ts';

const many = (count: number): string => count.toLocaleString('ko');

/** What a fence did, would do or refuses, line by line. */
export const fenceLines = (answer: FenceAnswer): string[] => {
  const { contractId } = answer;
  switch (answer.outcome) {
    case 'refused':
      return [`${contractId}: ${problemSentence(answer.problem)} 발급은 멈춰 있습니다.`];
    case 'in-order':
      return [`${contractId}: 고칠 것이 없습니다.`, ...answer.left.map(findingSentence)];
    case 'fenced':
    case 'would-fence': {
      const { before, after, rebuilt, voided } = answer;
      const numbers = voided.reduce((sum, { count }) => sum + count, 0);
      return [
        `${contractId}: 다음 번호 ${before.block}번째 대역 ${many(before.position + 1)}번째 → ${after.block}번째 대역 ${many(after.position + 1)}번째, 원장 ${many(rebuilt)}건 다시 씀, ${many(numbers)}개 무효, ${many(after.available)}개 남음`,
        ...answer.left.map(findingSentence),
      ];
    }
  }
};

const problemSentence = (problem: FenceProblem): string => {
  switch (problem.kind) {
    case 'no-evidence':
      return '세 표를 모두 되돌려 어떤 번호까지 썼는지 아무도 모릅니다. 쇼핑몰 주문서나 biz.epost에서 이 계약의 가장 높은 번호를 찾아 --told 로 넣어 주세요.';
    case 'told-unknown':
      return `${problem.told}은 이 계약의 어느 대역에도 없습니다. 번호를 확인하거나, 복원으로 사라진 대역을 npm run import-numbers 로 다시 넣어 주세요.`;
    case 'blocks-missing': {
      const blocks = problem.blocks.map(
        ({ block, first, last }) => `${block}번째${first === undefined ? '' : `(${first}~${last})`}`,
      );
      const shown = problem.numbers.slice(0, 3).join(', ');
      return `이미 발급한 번호의 대역이 없습니다: ${[...blocks, ...(shown === '' ? [] : [`번호 ${shown} 등 ${many(problem.numbers.length)}개`])].join(', ')}. 우체국에서 받은 그대로 npm run import-numbers 로 차례대로 다시 넣은 뒤 한 번 더 실행해 주세요.`;
    }
    case 'block-differs':
      return `${problem.block}번째 대역이 전에는 ${problem.first}~${problem.last}였습니다. 다른 번호로 다시 넣은 대역입니다. 개발 담당자에게 알려 주세요.`;
  }
};
