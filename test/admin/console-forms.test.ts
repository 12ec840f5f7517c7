import { describe, expect, it } from 'vitest';
import { startThings, RENAME, REMOVE } from './support/things.ts';
import { anOperator, fieldsOf, LIMITS } from './support/console.ts';
import { done } from './support/pages.ts';

const console = startThings();

describe('a form', () => {
  it('has its effect, and the next page says so once', async () => {
    const { cookie, fields } = await console.opened();
    const answer = await console.post(RENAME, fields, cookie);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/things/7']);
    expect(console.things.effects).toEqual(['새 이름']);
    expect(await (await console.get('/things/7', cookie)).text()).toContain('이름을 바꿨습니다.');
    expect(await (await console.get('/things/7', cookie)).text()).not.toContain('이름을 바꿨습니다.');
  });

  it('sent twice has one effect, and the second answer says so', async () => {
    const { cookie, fields } = await console.opened();
    await console.post(RENAME, fields, cookie);
    const again = await console.post(RENAME, fields, cookie);
    expect([again.status, again.headers.get('location')]).toEqual([303, '/things/7']);
    expect(await (await console.get('/things/7', cookie)).text()).toContain('이미 처리했습니다.');
    expect(console.things.effects).toEqual(['새 이름']);
  });

  it('sent ten times at once has one effect', async () => {
    const { cookie, fields } = await console.opened();
    const answers = await Promise.all(Array.from({ length: 10 }, () => console.post(RENAME, fields, cookie)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303));
    expect(console.things.effects).toEqual(['새 이름']);
  });

  it('that is wrong comes back with the fault and what was typed, and may be sent again', async () => {
    const { cookie, fields } = await console.opened();
    const answer = await console.post(RENAME, { ...fields, name: ' ' }, cookie);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('<title>오류: 담은공방 - 우체국택배 자동화</title>');
    expect(html).toContain('확인이 필요한 항목이 1개 있습니다');
    expect(html).toContain('<a href="#name">이름을 적어 주세요</a>');
    expect(html).toMatch(/aria-describedby="name-error"[^>]*aria-invalid="true"/);
    expect((await console.post(RENAME, fields, cookie)).status).toBe(303);
  });

  it.each([
    ['problems', 422, { outcome: 'problems', problems: [{ field: 'name', message: '겹칩니다' }] }],
    ['a conflict', 409, { outcome: 'conflict', message: '다른 담당자가 먼저 처리했습니다.' }],
    ['nothing there', 404, { outcome: 'not-found' }],
    ['something to show', 200, { outcome: 'show', shown: { secret: '전체 이름' } }],
  ] as const)('whose work ends in %s is answered %i and may be sent again', async (_, status, result) => {
    const { cookie, fields } = await console.opened();
    console.things.next.result = result as unknown as typeof console.things.next.result;
    const answer = await console.post(RENAME, fields, cookie);
    expect(answer.status).toBe(status);
    if (result.outcome === 'show') expect(await answer.text()).toContain('전체 이름');
    console.things.next.result = done('/things/8');
    const again = await console.post(RENAME, fields, cookie);
    expect(again.headers.get('location')).toBe('/things/8');
  });

  it('whose work breaks is answered 500 and may be sent again', async () => {
    const { cookie, fields } = await console.opened();
    console.things.next.result = 'throw';
    const answer = await console.post(RENAME, fields, cookie);
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('<a class="btn" href="/things/7">');
    console.things.next.result = done('/things/7');
    expect((await console.post(RENAME, fields, cookie)).status).toBe(303);
  });

  it('that comes after the session ended keeps what was typed and does nothing, then or after a new sign-in', async () => {
    const { cookie, fields } = await console.opened();
    const name = '<script>서른 글자쯤 되는 긴 글을 적어 두었습니다</script>';
    console.time.now += LIMITS.idleMs;
    const answer = await console.post(RENAME, { ...fields, name }, cookie);
    expect(answer.status).toBe(401);
    const html = await answer.text();
    expect(html).toContain('자리를 비운 사이 로그아웃됐습니다');
    expect(html).toContain('&lt;script&gt;서른 글자쯤');
    expect(html).not.toContain('_csrf');
    const fresh = await console.signIn(anOperator('review'));
    const filled = await console.post(RENAME, { name }, fresh);
    expect(filled.status).toBe(403);
    const again = await filled.text();
    expect(again).toContain('&lt;script&gt;서른 글자쯤');
    expect(console.things.effects).toEqual([]);
    expect((await console.post(RENAME, { ...fieldsOf(again, RENAME), name }, fresh)).status).toBe(303);
    expect(console.things.effects).toEqual([name]);
  });
});

describe('a question', () => {
  it('is asked on a page of its own where no script did, and carries the form along', async () => {
    const { cookie, fields } = await console.opened(REMOVE, 'manage');
    const asked = await console.post(REMOVE, fields, cookie);
    expect(asked.status).toBe(200);
    const html = await asked.text();
    expect(html).toContain('삭제할까요?');
    expect(console.things.effects).toEqual([]);
    const next = {
      ...fieldsOf(html, REMOVE),
      _confirmed: '1',
      _reason: '잘못 만들었습니다',
      _phrase: '삭제',
    };
    expect(next['name' as keyof typeof next]).toBe('새 이름');
    expect((await console.post(REMOVE, next, cookie)).status).toBe(303);
    expect(console.things.effects).toEqual(['removed: 잘못 만들었습니다']);
  });

  it('wants its reason and its word', async () => {
    const { cookie, fields } = await console.opened(REMOVE, 'manage');
    const answer = await console.post(REMOVE, { ...fields, _confirmed: '1', _phrase: '삭제 ' }, cookie);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('사유를 적어 주세요');
    const wrong = { ...fields, _confirmed: '1', _reason: 'r', _phrase: '지움' };
    expect(await (await console.post(REMOVE, wrong, cookie)).text()).toContain('삭제라고 입력해 주세요');
    expect(console.things.effects).toEqual([]);
  });
});
