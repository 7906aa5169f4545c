// The officers' console: one key for each action, and actions without loading the whole page again.
(() => {
  'use strict';
  const { all, release } = window.gapura;

  // A button with data-key is pressed by that key, unless somebody is typing or a modifier is held.
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (event.target.closest('input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]')) return;
    const button = all('[data-key]').find(each => each.dataset.key === event.key.toLowerCase() && each.offsetParent);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  // An action is sent in the background and its answer's main part put in place.
  addEventListener('submit', async event => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches('main form.action')) return;
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form, event.submitter)) });
      if (!answer.headers.get('Content-Type')?.startsWith('text/html')) return void location.reload();
      show(new DOMParser().parseFromString(await answer.text(), 'text/html'), answer, event.submitter?.dataset.key);
    } catch {
      release(form); // the line is down: the same form, with the same key, may be sent again
      all('.stale').forEach(note => { note.hidden = false; });
    }
  });

  const show = (page, answer, key) => {
    const main = page.querySelector('main');
    if (!main) return void location.assign(answer.url);
    document.querySelector('main').replaceWith(main);
    document.title = page.title;
    if (answer.redirected && answer.url !== location.href) history.pushState(null, '', answer.url);
    const target = main.querySelector('[data-focus]') ?? (key && main.querySelector(`[data-key="${key}"]`)) ?? main;
    target.focus({ preventScroll: true });
    document.dispatchEvent(new Event('gapura:page'));
  };

  addEventListener('popstate', () => location.reload());
})();
