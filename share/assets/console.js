// The officers' console: one key for each action, and actions without loading the whole page again.
(() => {
  'use strict';
  const { all, release, refresh } = window.gapura;

  // A scanner types as a keyboard does, only faster: what follows another key within this time is no command.
  const scannerMilliseconds = 60;
  const answerMilliseconds = 20000;
  let lastKey = -Infinity;
  let waiting;
  let isBusy = false;

  const viewer = () => document.querySelector('dialog[open]');
  // What stands in the page's head works also while something is open over the page: it locks.
  const buttonOf = key => [...all('[data-key]', viewer() ?? document), ...all('header [data-key]')]
    .find(each => each.dataset.key === key && each.offsetParent);

  // A button with data-key is pressed by that key, unless somebody is typing, holds a modifier, or holds the key.
  addEventListener('keydown', event => {
    const isAlone = event.timeStamp - lastKey > scannerMilliseconds;
    lastKey = event.timeStamp;
    clearTimeout(waiting);
    if (event.ctrlKey || event.metaKey || event.altKey || event.getModifierState('AltGraph') || event.isComposing) return;
    if (event.target.closest('input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]')) return;
    // Enter at the end of a scan, or held, presses no button a second time.
    if (event.key === 'Enter' && (event.repeat || !isAlone)) return event.preventDefault();
    const key = event.key.toLowerCase();
    if (event.repeat || !isAlone || !buttonOf(key)) return;
    event.preventDefault();
    waiting = setTimeout(() => press(buttonOf(key)), scannerMilliseconds);
  });

  // What a key unfolds is seen at once and filled in by keys; what another key unfolded before folds in.
  const press = button => {
    button?.click();
    const fold = button?.matches('summary') ? button.parentElement : null;
    if (!fold?.open) return;
    all('main details[open]:has(> summary[data-key])').forEach(each => { if (each !== fold) each.open = false; });
    fold.querySelector('input:not([type=hidden]), select, textarea')?.focus({ preventScroll: true });
    fold.scrollIntoView({ block: 'nearest' });
  };

  // A form is sent in the background, one at a time, and its answer's main part put in place. What it leads to may come with
  // the answer, which then names its address.
  addEventListener('submit', async event => {
    const form = event.target;
    const locks = form.matches('[data-locks]');
    if (event.defaultPrevented || !locks && !form.matches('main form[method=post]:not([enctype])')) return;
    if (locks && isBusy) return; // as a page anew, whatever else is on its way
    if (locks && away) return event.preventDefault();
    if (event.submitter?.hasAttribute('formaction')) return; // what leads elsewhere, such as a language, is a page anew
    event.preventDefault();
    if (isBusy) return release(form);
    isBusy = true;
    all('[data-note]').forEach(note => note.remove());
    try {
      await take(await send(form, event.submitter), form, event.submitter);
    } catch {
      say('offline'); // the line is down or too slow: the same form may be sent again
      all('.stale').forEach(note => { note.hidden = false; });
    } finally {
      isBusy = false;
      release(form);
    }
  });

  const parse = text => new DOMParser().parseFromString(text, 'text/html');
  const isPage = answer => answer.headers.get('Content-Type')?.startsWith('text/html') ?? false;

  // A page that stood open while somebody signed in anew has an old token: it gets the present one, and is sent once more.
  const send = async (form, button) => {
    const answer = await post(form, button);
    if (answer.status !== 403 || !isPage(answer)) return answer;
    const isOldToken = parse(await answer.clone().text()).querySelector('.problem[data-code=csrf]');
    if (!isOldToken || !await renewTokens()) return answer;
    return post(form, button);
  };

  const post = (form, button) => fetch(form.getAttribute('action'), {
    method: 'POST', body: new URLSearchParams(new FormData(form, button)), headers: { Prefer: 'return=representation' },
    signal: AbortSignal.timeout(answerMilliseconds),
  });

  const renewTokens = async () => {
    const answer = await fetch(location.href, { cache: 'no-store', headers: { 'X-Gapura-Live': '1' } });
    const token = answer.ok && isPage(answer) && parse(await answer.text()).querySelector('main [name=_csrf], [name=_csrf]')?.value;
    if (token) all('[name=_csrf]').forEach(field => { field.value = token; });
    return Boolean(token);
  };

  // What comes back is a page of the console nearly always. Whatever else it is, what was typed stays, and it is said.
  const take = async (answer, form, button) => {
    if (answer.ok && !isPage(answer)) {
      form.closest('dialog')?.close();
      uncover();
      return answer.status === 204 ? refresh(0) : keep(answer);
    }
    const page = isPage(answer) ? parse(await answer.text()) : undefined;
    const main = page?.querySelector('main');
    const problem = main?.querySelector('.problem');
    const locked = main?.querySelector('[data-locked]');
    const isConsole = main && page.body.className === document.body.className;
    if (locked || away) tabs.postMessage('');
    if (locked) return cover(locked);
    if (away && isConsole) {
      uncover();
      if (form.getAttribute('action') === '/petugas/terkunci') return;
    }
    // What fills a page of its own is answered there, and not over it.
    const isInPlace = form.closest('[data-viewer]') && !form.closest('dialog');
    const shown = isConsole && !isInPlace && main.querySelector('[data-viewer]');
    if (problem) tell(problem);
    else if (shown) view(shown);
    else if (isConsole) show(page, main, answer, form, button?.dataset.key);
    else if (answer.ok && main) location.assign(addressOf(answer));
    else say('fault');
  };

  // Where the page of an answer stands: where it was found, or where the answer says.
  const addressOf = answer => new URL(answer.headers.get('Content-Location') ?? '', answer.url).href;

  const show = (page, main, answer, form, key) => {
    const typed = typedBeside(form);
    document.querySelector('main').replaceWith(main);
    const top = page.querySelector('.console-top');
    if (top) document.querySelector('.console-top')?.replaceWith(top);
    document.title = page.title;
    const [address, leadsOn] = [addressOf(answer), answer.redirected || answer.headers.has('Content-Location')];
    if (leadsOn && address !== location.href) history.pushState(null, '', address);
    typed.forEach(putBack);
    const target = main.querySelector('[data-focus]') ?? (key && main.querySelector(`[data-key="${key}"]`)) ?? main;
    target.focus({ preventScroll: true });
    document.dispatchEvent(new Event('gapura:page'));
  };

  // What was typed into other forms of the page, each known by its address and what it says unseen.
  const known = form => [form.getAttribute('action'),
    ...all('[type=hidden]:not([name^=_])', form).map(field => `${field.name}=${field.value}`)].join('\n');
  const isTyped = field => field.type === 'radio' || field.type === 'checkbox' ? field.checked !== field.defaultChecked :
    field.options ? [...field.options].some(each => each.selected !== each.defaultSelected) && field.value !== '' :
      field.type !== 'hidden' && field.value !== field.defaultValue;
  // One that went on from a question has what was typed into it.
  const isSame = (form, sent) => form === sent || known(form) === known(sent) ||
    sent.closest('[data-carries]') && form.getAttribute('action') === sent.getAttribute('action');
  const typedBeside = sent => all('main form').filter(form => !isSame(form, sent)).flatMap(form =>
    [...form.elements].filter(field => field.name && isTyped(field)).map(field => ({
      form: known(form), name: field.name, type: field.type, value: field.value, checked: field.checked,
    })));
  const putBack = typed => {
    const form = all('main form').find(each => known(each) === typed.form);
    const isChoice = typed.type === 'radio' || typed.type === 'checkbox';
    const field = [...form?.elements ?? []].find(each => each.name === typed.name && (!isChoice || each.value === typed.value));
    if (!field) return;
    if (isChoice) field.checked = typed.checked; else field.value = typed.value;
    const fold = field.closest('details');
    if (fold) fold.open = true;
  };

  // Notes stand above everything else in the page, or in what is open over it.
  const note = parts => {
    const box = document.createElement('div');
    box.className = 'notice warning';
    box.dataset.note = '';
    box.setAttribute('role', 'alert');
    box.tabIndex = -1;
    const inside = document.createElement('div');
    inside.append(...parts);
    box.append(inside);
    (viewer() ?? document.querySelector('main')).prepend(box);
    box.focus();
  };
  const paragraph = text => Object.assign(document.createElement('p'), { textContent: text });
  const say = (what, more = '') => note([paragraph((document.querySelector(`[data-say=${what}]`)?.textContent ?? '') + more)]);

  // The server's own words about a problem; its way on opens beside this page, which keeps what was typed.
  const tell = problem => note(all('h1, p', problem).map(part => {
    if (part.matches('h1')) {
      const title = paragraph(part.textContent);
      title.className = 'notice-title';
      return title;
    }
    all('a', part).forEach(link => { link.target = '_blank'; link.rel = 'noopener'; });
    return document.importNode(part, true);
  }));

  // A file is saved as it came: asking for it again would open it a second time.
  const keep = async answer => {
    const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'berkas';
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), answerMilliseconds);
    say('file', ` ${name}`);
  };

  // A document shows over the page, which stays as it is underneath.
  const view = section => {
    let dialog = viewer();
    if (!dialog) {
      dialog = document.createElement('dialog');
      dialog.className = 'viewer-dialog';
      dialog.addEventListener('close', () => dialog.remove());
      document.querySelector('main').append(dialog);
    }
    all('h1', section).forEach(title => {
      const smaller = document.createElement('h2');
      smaller.append(...title.childNodes);
      title.replaceWith(smaller);
    });
    renamed(section);
    dialog.replaceChildren(section);
    dialog.setAttribute('aria-label', section.querySelector('h2')?.textContent ?? '');
    if (!dialog.open) dialog.showModal();
    document.dispatchEvent(new Event('gapura:question'));
    (section.querySelector('[data-focus]') ?? section.querySelector('input[type=password]') ?? section.querySelector('[data-close]'))?.focus();
  };
  // The page underneath may have fields of the same names.
  const renamed = section => {
    const other = id => `v-${id}`;
    all('[id]', section).forEach(each => { each.id = other(each.id); });
    all('[for]', section).forEach(each => { each.htmlFor = other(each.htmlFor); });
    all('a[href^="#"]', section).forEach(each => { each.hash = other(each.hash.slice(1)); });
    all('[aria-describedby]', section).forEach(each => {
      each.setAttribute('aria-describedby', each.getAttribute('aria-describedby').split(' ').map(other).join(' '));
    });
  };
  addEventListener('click', event => {
    if (!event.target.closest('dialog [data-close]')) return;
    event.preventDefault();
    viewer().close();
  });

  addEventListener('popstate', () => location.reload());

  // While the session is locked the page's content stands in no document, and the question for the PIN in its place. It comes
  // back with all that was typed in it.
  let away;
  const cover = section => {
    const main = document.querySelector('main');
    const dialog = viewer();
    dialog?.close();
    dialog?.remove();
    away ??= { nodes: [...main.childNodes], title: document.title };
    document.title = section.dataset.locked;
    main.replaceChildren(section);
    document.dispatchEvent(new Event('gapura:question'));
    (section.querySelector('[data-focus]') ?? section.querySelector('input[type=password]'))?.focus();
  };
  const uncover = () => {
    if (!away) return;
    const { nodes, title } = away;
    away = undefined;
    document.title = title;
    document.querySelector('main').replaceChildren(...nodes);
    document.dispatchEvent(new Event('gapura:page'));
    refresh(0);
  };

  // The server says how the session stands: after a while, when events end, when another tab has locked or opened it, and when
  // the page is looked at again. Where it has ended nothing of the page stays.
  const standingMilliseconds = 30000;
  const againMilliseconds = 2000; // a new token may be on its way to another tab
  const tabs = new BroadcastChannel('gapura');
  const ask = async isAgain => {
    const answer = await fetch('/petugas/sesi/keadaan', { cache: 'no-store', headers: { 'X-Gapura-Live': '1' } });
    if (answer.status === 204) return uncover();
    const locked = isPage(answer) && parse(await answer.text()).querySelector('[data-locked]');
    if (locked && !away) cover(locked);
    if (locked || !answer.redirected) return;
    if (isAgain) location.replace(location.pathname + location.search);
    else setTimeout(look, againMilliseconds, true);
  };
  const look = isAgain => { if (!isBusy) ask(isAgain === true).catch(() => {}); };
  if (document.querySelector('[data-locks]')) {
    setInterval(look, standingMilliseconds);
    tabs.onmessage = look;
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look());
    document.addEventListener('gapura:events', event => event.detail.addEventListener('error', look));
    addEventListener('pageshow', event => event.persisted && look());
  }

  // What asks for a passkey comes with the address of its script, which most pages go without.
  const passkeys = () => {
    const src = document.querySelector('form[data-script]')?.dataset.script;
    if (!src || document.querySelector('script[src*="/aset/passkey.js"]')) return;
    document.head.append(Object.assign(document.createElement('script'), { src }));
  };
  passkeys();
  ['gapura:page', 'gapura:question'].forEach(news => document.addEventListener(news, passkeys));
})();
