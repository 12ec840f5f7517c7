// Comfort only: every page and form works without it.
const $ = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

$('.es, .said')?.focus();

// A form that asks first: the dialog's own button belongs to the form and sends it.
const dialogOf = (form, button) =>
  ($(':checked[data-dialog]', form) ?? (button?.dataset.dialog ? button : form)).dataset.dialog;
document.addEventListener('submit', (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.method === 'get') return;
  const id = !button?.name && dialogOf(form, button);
  const dialog = id && document.getElementById(id);
  if (dialog) {
    event.preventDefault();
    const [preview, text] = [$('[data-sms-preview]', dialog), $('[data-sms]', form)];
    if (preview && text) preview.textContent = text.value;
    dialog.showModal();
  } else if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = '1';
});
addEventListener('pageshow', () => all('form[data-sent]').forEach((form) => delete form.dataset.sent));
document.addEventListener('click', (event) => {
  const close = event.target.closest?.('[data-close]');
  if (close) close.closest('dialog').close();
});

// Both lengths of an SMS: 70 characters, and 90 bytes in EUC-KR.
for (const text of all('[data-sms]')) {
  const box = text.closest('.field');
  const says = $('[data-sms-says]', box);
  const fits = says.textContent;
  const recount = () => {
    const chars = text.value.length;
    const bytes = [...text.value].reduce((sum, letter) => sum + (letter < '\u0080' ? 1 : 2), 0);
    const over = Math.max(chars - 70, Math.ceil((bytes - 90) / 2));
    $('[data-sms-chars]', box).textContent = chars;
    $('[data-sms-bytes]', box).textContent = bytes;
    says.textContent = over > 0 ? `문자 1건보다 깁니다. ${over}자 줄여 주세요.` : fits;
    says.parentElement.classList.toggle('over', over > 0);
  };
  text.addEventListener('input', recount);
  text.addEventListener('recount', recount);
}

// The chosen reasons word the text until somebody edits it.
for (const made of all('[data-sms-texts]')) {
  const [texts, text] = [JSON.parse(made.dataset.smsTexts), $('[data-sms]', made.form)];
  made.form.addEventListener('change', ({ target }) => {
    if (target.name !== 'reasons' || text.value.trim() !== made.value) return;
    const chosen = all('[name=reasons]:checked', made.form).map(({ value }) => value);
    text.value = made.value = texts[chosen.join('+')] ?? texts[chosen.length] ?? '';
    text.dispatchEvent(new Event('recount'));
  });
}

// A run of numbers while it is typed: its shape here, then what the server would say to it.
for (const run of all('[data-run]')) {
  const [first, last, says] = [$('[name=first]', run), $('[name=last]', run), $('[data-run-says]', run)];
  const say = (text, wrong) => {
    says.textContent = text;
    says.className = wrong ? 'sm err' : 'sm mute';
  };
  let asking;
  run.addEventListener('input', () => {
    clearTimeout(asking);
    const [from, to] = [first, last].map(({ value }) => value.replace(/[\s-]/g, ''));
    if (!from || !to) return say('');
    if (![from, to].every((number) => /^\d{13}$/.test(number)))
      return say(`13자리여야 합니다. 지금 처음 ${from.length}자리, 끝 ${to.length}자리입니다.`, true);
    say('확인하고 있습니다.');
    asking = setTimeout(async () => {
      const answer = await fetch(`${run.dataset.run}?first=${from}&last=${to}`);
      const { tried } = answer.ok ? await answer.json() : {};
      say(tried?.says ?? '', !tried?.fits);
    }, 400);
  });
}

for (const button of all('[data-copy]')) {
  if (!navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = '복사했습니다';
    setTimeout(() => (button.textContent = label), 2000);
  });
}

addEventListener('keydown', (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key !== '/' || typing || document.body.dataset.slash === 'off' || $('dialog[open]')) return;
  const search = $('[data-find]') ?? $('#q');
  if (!search?.checkVisibility()) return;
  event.preventDefault();
  search.focus();
});

// Refresh: swaps the live regions, quietly; stops while a dialog is open, the tab is hidden or someone stopped it.
const seconds = Number($('main').dataset.refresh);
if (seconds) {
  const toggle = $('[data-live-toggle]');
  let on = true;
  if (toggle) {
    $('[data-live-control]').hidden = false;
    toggle.addEventListener('click', () => {
      on = !on;
      toggle.textContent = on ? '새로 고침 멈추기' : '새로 고침 시작하기';
    });
  }
  const refresh = async () => {
    const answer = await fetch(location.href, { headers: { 'x-refresh': '1' }, redirect: 'error' });
    if (!answer.ok) throw new Error('not refreshed');
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const region of all('[data-live]')) {
      const next = fresh.getElementById(region.id);
      if (next && !region.contains(document.activeElement) && next.innerHTML !== region.innerHTML)
        region.replaceChildren(...next.childNodes);
    }
    const stale = $('[data-stale]', fresh);
    if (stale) $('[data-stale]').textContent = stale.textContent;
    if (!$('[data-refresh]', fresh)) on = false;
  };
  setInterval(async () => {
    if (!on || document.hidden || $('dialog[open]')) return;
    try {
      await refresh();
      $('[data-stale]').hidden = true;
    } catch {
      $('[data-stale]').hidden = false;
    }
  }, seconds * 1000);
}

// Two minutes before the session ends: ask. Another tab may have kept it alive, so the server is asked first.
const warning = $('#session');
const ask = async (headers) => {
  const answer = await fetch('/auth/session', { headers });
  return answer.ok ? (await answer.json()).secondsLeft : 0;
};
const warnIn = (ms) =>
  setTimeout(
    async () => {
      const left = await ask({ 'x-refresh': '1' });
      if (left > 125) return warnIn((left - 120) * 1000);
      if (left > 0 && !$('dialog[open]')) warning.showModal();
    },
    Math.max(0, ms),
  );
if (warning) {
  warnIn(Number(document.body.dataset.ends) - 120_000);
  $('[data-stay]', warning).addEventListener('click', async () => {
    warning.close();
    warnIn(((await ask({})) - 120) * 1000);
  });
}
