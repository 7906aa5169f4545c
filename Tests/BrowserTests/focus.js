// Watches the focus while somebody presses Tab: each stop must be marked and inside the window. What is
// found is kept in `window.focusAudit` for `focus-report.js`.
'use strict';
const stops = [];
const findings = [];
const mark = element => {
  const drawn = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return drawn(getComputedStyle(element)) || getComputedStyle(element).boxShadow !== 'none';
};
document.activeElement?.blur();
scrollTo(0, 0);
addEventListener('focusin', event => {
  const element = event.target;
  if (stops.includes(element)) return;
  stops.push(element);
  const outer = element.outerHTML.replace(/\s+/g, ' ').slice(0, 120);
  if (!mark(element)) findings.push(`no mark of the focus: ${outer}`);
  const box = element.getBoundingClientRect();
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) findings.push(`the focus is out of sight: ${outer}`);
});
window.focusAudit = { stops, findings };
// How many presses go round once.
return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(each => each.checkVisibility() && !each.disabled).length;
