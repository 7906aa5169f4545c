// A ticket's own page on a phone: says so when the number is next and when it is called.
(() => {
  'use strict';
  const title = document.title;
  // Label, number and counter stand in elements of their own, without spaces between them.
  const words = part => {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const text = texts.currentNode.data.trim().replace(/\s+/g, ' ');
      if (text) found.push(text);
    }
    return found.join(' ').slice(0, 60);
  };
  const stage = () => document.querySelector('.called') ? 2 : document.querySelector('.is-next') ? 1 : 0;
  let before = stage();

  const look = () => {
    const now = stage();
    const called = document.querySelector('.called');
    if (now > before) {
      navigator.vibrate?.(now === 2 ? [400, 200, 400, 200, 400] : [300, 150, 300]);
      if (called) called.scrollIntoView({ block: 'center' });
    }
    before = now;
    document.title = called ? `● ${words(called)}` : title;
  };

  document.addEventListener('gapura:swapped', look);
})();
