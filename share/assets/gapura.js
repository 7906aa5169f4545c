// What makes pages smoother where scripts run; everything works without it.
(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A form is sent once. The buttons stay enabled, because a disabled one would not send its value.
  const resendAfterMilliseconds = 8000; // as long as the server may take for one request
  addEventListener('submit', event => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    event.submitter?.setAttribute('aria-busy', 'true');
    setTimeout(() => release(form), resendAfterMilliseconds);
  });
  const release = form => {
    delete form.dataset.sent;
    all('[aria-busy]', form).forEach(button => button.removeAttribute('aria-busy'));
  };
  addEventListener('pageshow', event => event.persisted && all('form').forEach(release));

  // The switches in the page's head send the form along in which somebody wrote last, and what they send is not sent twice.
  addEventListener('input', event => {
    const form = event.target.form;
    const address = document.querySelector('header [name="_halaman"][form]');
    if (!form?.id || form.id === address?.getAttribute('form') || !address || !all('.form-switches', form).length) return;
    all(`header [form="${address.getAttribute('form')}"]`).forEach(each => each.setAttribute('form', form.id));
    document.querySelector('header [name="_formulir"]').value = form.querySelector('[name="_formulir"]').value;
    const [enter, button] = [document.querySelector('header button.unseen'), form.querySelector('button[type=submit]')];
    if (enter) [enter.name, enter.value] = [button.name, button.value];
  });
  // The page that comes back with what was written stands under its own address again.
  const shown = document.querySelector('header [name="_halaman"]');
  if (location.pathname === '/tampilan' && shown && !document.querySelector('header [name^="_asal."]')) {
    history.replaceState(null, '', shown.value);
  }

  // An error is cleared as soon as its field is changed; whether the new answer is right, the server says.
  addEventListener('input', event => {
    const field = event.target.closest?.('.has-error');
    if (!field) return;
    field.classList.remove('has-error');
    all('[aria-invalid]', field).forEach(input => input.removeAttribute('aria-invalid'));
    all('.field-error', field).forEach(message => { message.hidden = true; });
    const ids = all('[id]', field).map(element => '#' + element.id);
    all('.error-summary a').filter(link => ids.includes(decodeURIComponent(link.hash))).forEach(link => link.closest('li').remove());
    all('.error-summary').filter(summary => !summary.querySelector('li')).forEach(summary => summary.remove());
  });

  // A password can be looked at while it is typed. It is sent masked, so that no browser remembers it as an ordinary word.
  const show = (button, isShown) => {
    button.previousElementSibling.type = isShown ? 'text' : 'password';
    button.setAttribute('aria-pressed', isShown);
  };
  const offerToShow = () => all('input[data-show]').forEach(field => {
    if (field.nextElementSibling?.matches('[data-shows]')) return;
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', className: 'button quiet', textContent: field.dataset.show });
    button.dataset.shows = field.id;
    button.setAttribute('aria-label', `${field.dataset.show}: ${field.labels[0]?.textContent.trim()}`);
    button.setAttribute('aria-controls', field.id);
    Object.assign(field, { spellcheck: false, autocapitalize: 'none' });
    field.after(button);
    show(button, false);
  });
  addEventListener('click', event => {
    const button = event.target.closest?.('[data-shows]');
    if (button) show(button, button.previousElementSibling.type === 'password');
  });
  addEventListener('submit', event => all('[data-shows]', event.target).forEach(button => show(button, false)), true);
  document.addEventListener('gapura:page', offerToShow);
  offerToShow();

  // The code on a receipt holds its text behind the #, which browsers send to no server: it is put into the form here.
  const checkReceipt = () => {
    const field = document.querySelector('#f-r');
    if (!field || !/^#[0-9A-Z]{40,}$/.test(location.hash)) return;
    field.value = location.hash.slice(1);
    history.replaceState(null, '', location.pathname);
    field.form.requestSubmit?.(); // older telephones press the button
  };
  addEventListener('hashchange', checkReceipt);
  if (location.pathname === '/verifikasi') checkReceipt();

  document.querySelector('[data-focus]')?.focus();
  addEventListener('click', event => event.target.closest('[data-print]') && print());
  all('[data-print][hidden]').forEach(button => { button.hidden = false; });

  // The display settings and the menu fold in again at a click elsewhere or Escape.
  addEventListener('click', event => all('header details[open]').forEach(open => {
    if (!open.contains(event.target)) open.open = false;
  }));
  addEventListener('keydown', event => event.key === 'Escape' && all('header details[open]').forEach(open => {
    open.open = false;
    open.querySelector('summary').focus();
  }));

  // Parts marked data-live="EVENTS" are fetched anew when an event arrives there, and when the line is back.
  const source = new Map();
  let stale = new Set();
  let pending;

  const connect = () => new Set(all('[data-live]').map(part => part.dataset.live)).forEach(url => {
    if (source.has(url)) return;
    const events = new EventSource(url);
    let wasOpen = false;
    source.set(url, events);
    events.onopen = () => {
      if ((wasOpen || stale.has(url)) && !isPushed(url)) refresh();
      wasOpen = true;
      mark(url, false);
    };
    events.onmessage = () => refresh();
    events.addEventListener('isi', event => push(url, event.data));
    events.onerror = () => {
      setTimeout(() => events.readyState !== EventSource.OPEN && mark(url, true), 4000);
      // The browser comes back by itself unless the server refused; then we ask again.
      if (events.readyState === EventSource.CLOSED) {
        source.delete(url);
        setTimeout(connect, 10000);
        refresh(5000);
      }
    };
    document.dispatchEvent(new CustomEvent('gapura:events', { detail: events }));
  });

  // A part marked data-pushed gets its new inside with the event itself, the present one first.
  const isPushed = url => all('[data-live][data-pushed]').some(part => part.dataset.live === url);
  const push = (url, inside) => {
    const page = new DOMParser().parseFromString(inside, 'text/html');
    all('[data-live][data-pushed]').filter(part => part.dataset.live === url).forEach(part => {
      if (part.innerHTML === page.body.innerHTML) return;
      part.replaceChildren(...page.body.childNodes);
      document.dispatchEvent(new Event('gapura:swapped'));
    });
  };

  // Where events do not get through, or a phone slept, the page is asked for from time to time.
  const pollMilliseconds = 20000;
  const isDown = () => [...source.values()].some(events => events.readyState !== EventSource.OPEN) ||
    all('[data-live]').some(part => !source.has(part.dataset.live));
  setInterval(() => {
    if (document.visibilityState === 'visible' && all('[data-live]').length && isDown()) refresh(0);
  }, pollMilliseconds);
  const wake = () => {
    if (document.visibilityState !== 'visible' || !all('[data-live]').length) return;
    connect();
    refresh(0);
  };
  document.addEventListener('visibilitychange', wake);
  addEventListener('online', wake);
  addEventListener('pageshow', event => event.persisted && wake());

  const mark = (url, isStale) => {
    isStale ? stale.add(url) : stale.delete(url);
    all('.stale').forEach(note => { note.hidden = stale.size === 0; });
  };

  // Several events in a row are one refresh; the random part keeps a full hall of phones from asking at once.
  const refresh = (wait = 80) => {
    clearTimeout(pending);
    pending = setTimeout(async () => {
      try {
        const answer = await fetch(location.href, { cache: 'no-store', headers: { 'X-Gapura-Live': '1' } });
        if (answer.ok && !answer.redirected) swap(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      } catch { refresh(5000); }
    }, wait + Math.random() * 250);
  };

  const swap = page => {
    all('[data-live]').forEach(old => {
      const fresh = page.getElementById(old.id);
      const active = document.activeElement;
      // What somebody has unfolded stays so.
      const folds = fresh ? all('details', fresh) : [];
      all('details', old).forEach((fold, place) => folds[place] && (folds[place].open = fold.open));
      const isTypedIn = old.contains(active) && active.matches('input, select, textarea');
      if (!fresh || isTypedIn || fresh.innerHTML === old.innerHTML) return;
      const key = old.contains(active) && (active.id ? '#' + CSS.escape(active.id) : active.dataset.key && `[data-key="${active.dataset.key}"]`);
      const place = old.contains(active) ? all(active.localName, old).indexOf(active) : -1;
      old.replaceChildren(...fresh.childNodes);
      // Whoever goes through the page by keyboard stays where they are.
      (key ? old.querySelector(key) : all(active.localName, old)[place])?.focus({ preventScroll: true });
    });
    // Whoever opened or lost a counter elsewhere reads it in the page's head, too; and its switches need a form that is there.
    const [top, fresh] = [document, page].map(each => each.querySelector('.console-top'));
    const [seat, present] = [top, fresh].map(each => each?.querySelector('.officer small'));
    if (seat && present && seat.textContent !== present.textContent) seat.textContent = present.textContent;
    const owner = top?.querySelector('[name="_halaman"]')?.getAttribute('form');
    if (fresh && owner && !document.getElementById(owner)) top.replaceWith(fresh);
    document.dispatchEvent(new Event('gapura:swapped'));
  };

  document.addEventListener('gapura:page', connect);
  window.gapura = Object.freeze({ all, release, refresh });
  addEventListener('DOMContentLoaded', connect);
})();
