// Passkeys: makes one, signs in with one, and proves with one that it is its officer. Only a script can ask the browser for them,
// so the parts of pages that need it come hidden; they are shown where the browser has passkeys and the page stands at the
// office's own address.
(() => {
  'use strict';
  const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), each => each.charCodeAt(0));
  const text = buffer => btoa(Array.from(new Uint8Array(buffer ?? []), each => String.fromCharCode(each)).join(''))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

  const create = async ({ challenge, user, excludeCredentials, ...rest }) => {
    const made = await navigator.credentials.create({ publicKey: {
      ...rest, challenge: bytes(challenge), user: { ...user, id: bytes(user.id) },
      excludeCredentials: excludeCredentials.map(known => ({ ...known, id: bytes(known.id) })),
    } });
    return {
      data: text(made.response.clientDataJSON), atestasi: text(made.response.attestationObject),
      pengantar: (made.response.getTransports?.() ?? []).join(','),
    };
  };

  const get = async ({ challenge, allowCredentials, ...rest }) => {
    const shown = await navigator.credentials.get({ publicKey: {
      ...rest, challenge: bytes(challenge), allowCredentials: allowCredentials.map(known => ({ ...known, id: bytes(known.id) })),
    } });
    return {
      kredensial: text(shown.rawId), pemegang: text(shown.response.userHandle), data: text(shown.response.clientDataJSON),
      autentikator: text(shown.response.authenticatorData), tanda: text(shown.response.signature),
    };
  };

  const options = async form => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.from, { headers: { Accept: 'application/json' }, cache: 'no-store' });
    if (!answer.ok) throw new Error('no options');
    return answer.json();
  };

  // Said in the page's own words, which stand there hidden.
  const say = (form, what) => form.parentElement.querySelectorAll('[data-say]').forEach(each => {
    each.hidden = each.dataset.say !== what;
  });
  const reason = { InvalidStateError: 'known', NotAllowedError: 'cancelled', AbortError: 'cancelled' };

  const ask = async form => {
    if (form.dataset.asking) return;
    form.dataset.asking = 'yes';
    say(form, 'asking');
    try {
      const answer = await (form.dataset.passkey === 'create' ? create : get)(await options(form));
      for (const [name, value] of Object.entries(answer)) form.elements[(form.dataset.prefix ?? '') + name].value = value;
      if (!form.closest('[data-carries]')) return form.submit();
      // A question that stands over a page of the console is answered as its other forms are, and the page stays as it is.
      form.dataset.answered = 'yes';
      delete form.dataset.asking;
      say(form, '');
      form.requestSubmit();
    } catch (error) {
      say(form, reason[error.name] ?? 'failed');
      delete form.dataset.asking;
    }
  };

  const offer = () => document.querySelectorAll('form[data-passkey]').forEach(form => {
    if (!window.PublicKeyCredential || location.origin !== form.dataset.origin) return;
    form.closest('[data-passkey-part]').hidden = false;
    document.querySelectorAll('[data-passkey-unable]').forEach(each => { each.hidden = true; });
  });
  offer();
  ['gapura:page', 'gapura:question'].forEach(news => document.addEventListener(news, offer));

  // Before others send the form: the browser is asked first.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (!form.matches('form[data-passkey]')) return;
    if (form.dataset.answered) return void delete form.dataset.answered;
    event.preventDefault();
    event.stopPropagation();
    ask(form);
  }, true);

  // The back button shows the page as it was left.
  addEventListener('pageshow', event => event.persisted && document.querySelectorAll('form[data-passkey]').forEach(form => {
    delete form.dataset.asking;
    say(form, '');
  }));
})();
