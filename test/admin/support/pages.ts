/** A page and actions that show what the machinery does, with the outcomes the test asks for. */
import { jsx } from 'hono/jsx';
import { one } from '../../../functions/admin/form.ts';
import type { Action, ActionResult, Page, Registry } from '../../../functions/admin/page.ts';
import { Form, TextField } from '../../../functions/admin/ui/form.tsx';

interface Thing {
  id: string;
  name: string;
}

export interface ThingPages {
  registry: Registry;
  /** inputs of every effect */
  effects: string[];
  /** what the action answers next; `throw` breaks it */
  next: { result: ActionResult | 'throw' };
  name: { now: string };
}

export const thingPages = (): ThingPages => {
  const effects: string[] = [];
  const next: ThingPages['next'] = { result: done('/things/7') };
  const name = { now: '담은공방' };
  const thing: Page<Thing> = {
    path: '/things/:id',
    role: 'view',
    rail: 'overview',
    title: (model) => model.name,
    crumbs: (model) => [{ href: '/things/1', label: model.name }],
    read: async ({ params }) =>
      params['id'] === 'none'
        ? { outcome: 'not-found' }
        : { outcome: 'found', model: { id: params['id'] ?? '', name: name.now } },
    render: (model, view) => [
      jsx('h1', {}, model.name),
      jsx('p', { title: model.name }, view.shown['secret'] ?? 'hidden'),
      jsx(
        Form,
        { view, action: `/things/${model.id}/rename`, id: 'f' },
        jsx(TextField, { view, name: 'name', label: '이름', value: model.name }),
      ),
      jsx(Form, { view, action: `/things/${model.id}/remove` }),
    ],
    csv: (model) => ({ name: 'things', head: ['번호', '이름'], rows: [['0123456789', model.name]] }),
  };
  const perform = async (input: string): Promise<ActionResult> => {
    effects.push(input);
    if (next.result === 'throw') throw new Error('no store');
    return next.result;
  };
  const rename: Action<string> = {
    path: '/things/:id/rename',
    role: 'review',
    page: '/things/:id',
    parse: (form) => {
      const input = one(form, 'name');
      return input === ''
        ? { outcome: 'problems', problems: [{ field: 'name', message: '이름을 적어 주세요' }] }
        : { outcome: 'input', input };
    },
    perform: (_context, input) => perform(input),
  };
  const remove: Action<null> = {
    path: '/things/:id/remove',
    role: 'manage',
    page: '/things/:id',
    parse: () => ({ outcome: 'input', input: null }),
    confirm: async () => ({
      title: '삭제할까요?',
      body: ['다시 볼 수 없습니다.'],
      submit: '삭제',
      danger: true,
      asksReason: true,
      phrase: '삭제',
    }),
    perform: (_context, _input, { reason }) => perform(`removed: ${reason}`),
  };
  return { registry: { pages: [thing], actions: [rename, remove] }, effects, next, name };
};

export const done = (to: string): ActionResult => ({
  outcome: 'done',
  to,
  notice: { tone: 'ok', text: '이름을 바꿨습니다.' },
});
