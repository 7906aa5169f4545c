// Watches the focus while somebody presses Tab: each stop must be marked and inside the window. What is
// found is kept in `window.focusAudit` for `focus-report.js`.
'use strict';
const stops = [];
const findings = [];
const mark = element => {
  const drawn = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  // A frame around a radio button and its words is drawn on what holds both.
  const isChoice = ['radio', 'checkbox'].includes(element.type);
  return drawn(getComputedStyle(element)) || getComputedStyle(element).boxShadow !== 'none'
    || isChoice && drawn(getComputedStyle(element.parentElement));
};
// What follows the hall would put other elements in the place of those that were reached.
document.querySelectorAll('[data-live]').forEach(each => { delete each.dataset.live; });
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
const isDate = element => ['date', 'time', 'month', 'week', 'datetime-local'].includes(element.type);
return [...document.querySelectorAll('a[href], button:not([aria-hidden=true]), input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(each => each.checkVisibility() && !each.disabled)
  // A date is four stops: day, month, year and the calendar.
  .reduce((count, each) => count + (isDate(each) ? 4 : 1), 0);
