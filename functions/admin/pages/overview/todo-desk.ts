/** What waits at the desk: applications to decide, messages, long work, holidays. */
import { jobPath } from '../../start-job.ts';
import { count, names, type Rule } from './todo-rule.ts';

export const overdue: Rule = ({ overdue: late = [] }) => {
  const [first] = late;
  return (
    first && {
      key: 'overdue',
      tone: 'bad',
      icon: 'triangle',
      text: `승인 기한이 지난 신청이 ${count(late.length)}건 있습니다`,
      detail: `${names(late)} · 기한 ${first.day} · ${first.words}`,
      href: late.length === 1 ? `/applications/${encodeURIComponent(first.applicationId)}` : '/applications',
      button: '신청 심사하기',
    }
  );
};

export const dueToday: Rule = ({ dueToday: today = [] }) => {
  const [first] = today;
  return (
    first && {
      key: 'due-today',
      tone: 'info',
      icon: 'clock',
      text: `오늘까지 승인할 신청이 ${count(today.length)}건 있습니다`,
      detail: `${names(today)} · 기한 ${first.day}`,
      href: '/applications',
      button: '목록 보기',
    }
  );
};

export const sms: Rule = ({ smsFailed = 0 }) =>
  smsFailed === 0
    ? undefined
    : {
        key: 'sms',
        tone: 'warn',
        icon: 'triangle',
        text: `보내지 못한 문자가 ${count(smsFailed)}건 있습니다`,
        detail: '사유를 확인한 뒤 다시 보낼 수 있습니다',
        href: '/messages?tab=failed',
        button: '문자 보기',
      };

export const jobs: Rule = ({ stillJobs = [] }) => {
  const [first] = stillJobs;
  return (
    first && {
      key: 'job',
      tone: 'warn',
      icon: 'pause',
      text: `진행하다 멈춘 작업이 ${count(stillJobs.length)}건 있습니다`,
      detail: first.title,
      href: jobPath(first.jobId),
      button: '작업 보기',
    }
  );
};

export const holidays: Rule = ({ missingYears = [] }) => {
  const [year] = missingYears;
  return year === undefined
    ? undefined
    : {
        key: 'holidays',
        tone: 'warn',
        icon: 'clock',
        text: `${year}년 공휴일 자료가 없습니다`,
        detail: '승인 기한을 셀 수 없습니다. 관보의 공휴일을 넣어 주세요.',
        href: '/settings/holidays',
        button: '공휴일 넣기',
      };
};

/** Looking is a thing to do, too, where we could not look. */
export const unread: Rule = ({ unread: parts }) =>
  parts.length === 0
    ? undefined
    : {
        key: 'unread',
        tone: 'warn',
        icon: 'triangle',
        text: '일부 상태를 확인하지 못했습니다',
        detail: `${parts.join(', ')}. 이 화면을 다시 열어도 같으면 개발팀에 알려 주세요.`,
        href: '/',
        button: '다시 확인',
      };
