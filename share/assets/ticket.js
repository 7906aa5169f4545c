// A ticket's own page on a phone: says so when the number is called.
(() => {
  'use strict';
  const title = document.title;
  let wasCalled = Boolean(document.querySelector('.called'));

  const look = () => {
    const called = document.querySelector('.called');
    if (called && !wasCalled) {
      navigator.vibrate?.([400, 200, 400, 200, 400]);
      called.scrollIntoView({ block: 'center' });
    }
    wasCalled = Boolean(called);
    document.title = called ? `● ${called.textContent.trim().replace(/\s+/g, ' ').slice(0, 60)}` : title;
  };

  document.addEventListener('gapura:swapped', look);
  // A phone that was in a pocket may have lost the line without noticing.
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && window.gapura.refresh(0));
})();
