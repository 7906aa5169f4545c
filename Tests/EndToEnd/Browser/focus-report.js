// What `focus.js` has seen, and what the Tab key never reached. Of a group of radio buttons one stop is enough.
'use strict';
const { stops, findings } = window.focusAudit;
const groups = new Set(stops.filter(each => each.type === 'radio').map(each => each.name));
const missed = [...document.querySelectorAll('a[href], button:not([aria-hidden=true]), input:not([type=hidden]), select, textarea, summary')]
  .filter(each => each.checkVisibility() && !each.disabled && !stops.includes(each) && !(each.type === 'radio' && groups.has(each.name)));
return findings.concat(missed.map(each => `Tab never reaches: ${each.outerHTML.replace(/\s+/g, ' ').slice(0, 120)}`));
