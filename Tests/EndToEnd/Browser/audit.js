// What of WCAG 2.2 AA can be measured on a page as the browser shows it. The body of a function;
// returns a list of findings, each with the element it is about, and an empty one for a good page.
'use strict';
const findings = [];
const report = (what, element) => {
  const outer = element?.outerHTML?.replace(/\s+/g, ' ').slice(0, 140) ?? '';
  const line = outer ? `${what}: ${outer}` : what;
  if (!findings.includes(line)) findings.push(line);
};
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const style = (element, pseudo) => getComputedStyle(element, pseudo);

// Whether eyes can find it: drawn, not clipped away for screen readers, not waiting above the page.
const isUnseen = element => {
  for (let each = element; each; each = each.parentElement) {
    const computed = style(each);
    if (computed.visibility === 'hidden' || computed.display === 'none' || Number(computed.opacity) === 0) return true;
    if (computed.clipPath === 'inset(50%)') return true;
  }
  const box = element.getBoundingClientRect();
  return box.width <= 1 || box.height <= 1 || box.bottom + scrollY <= 0;
};
const isHidden = element => Boolean(element.closest('[hidden], [aria-hidden="true"]')) || !element.getClientRects().length;

// 3.1.1, 2.4.2, 1.3.1, 2.4.6: language, title, landmarks, headings
if (!/^[a-z]{2}/.test(document.documentElement.lang)) report('no language', document.documentElement);
if (!document.title.trim()) report('no title');
if (all('main').length !== 1) report(`${all('main').length} main parts`);
const headings = all('h1, h2, h3, h4, h5, h6').filter(heading => !heading.closest('[hidden]'));
if (headings.filter(heading => heading.tagName === 'H1').length !== 1) report('not exactly one h1');
headings.reduce((before, heading) => {
  const level = Number(heading.tagName[1]);
  if (level > before + 1) report(`heading level ${level} after ${before}`, heading);
  if (!heading.textContent.trim()) report('empty heading', heading);
  return level;
}, 0);

// 4.1.1, 4.1.2, 1.3.1: ids, references, names
const ids = all('[id]').map(element => element.id);
ids.filter((id, place) => ids.indexOf(id) !== place).forEach(id => report(`id ${id} twice`));
for (const attribute of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for', 'headers']) {
  all(`[${attribute}]`).forEach(element => element.getAttribute(attribute).split(/\s+/).filter(Boolean)
    .filter(id => !document.getElementById(id)).forEach(id => report(`${attribute} leads nowhere (${id})`, element)));
}
const textOf = id => document.getElementById(id)?.textContent.trim() ?? '';
const nameOf = element => {
  const labelled = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).map(textOf).join(' ').trim();
  const labels = [...(element.labels ?? [])].map(label => label.textContent.trim()).join(' ').trim();
  const drawn = all('img[alt], svg[aria-label]', element).map(each => each.alt ?? each.getAttribute('aria-label')).join(' ');
  return labelled || element.getAttribute('aria-label')?.trim() || labels || element.textContent.trim() || drawn.trim() || element.title;
};
const controls = all('a[href], button, input:not([type=hidden]), select, textarea, summary').filter(each => !isHidden(each));
controls.filter(each => !nameOf(each)).forEach(each => report('no name', each));
all('input[type=radio]').forEach(each => each.closest('fieldset')?.querySelector('legend') ?? report('radio button without fieldset and legend', each));
all('img:not([alt])').forEach(each => report('no alternative text', each));
const drawingName = each => each.getAttribute('aria-label') ||
  (each.getAttribute('aria-labelledby') ?? '').split(/\s+/).map(textOf).join(' ').trim();
all('svg').filter(each => !isHidden(each) && !each.closest('[aria-hidden=true]') && !drawingName(each))
  .forEach(each => report('drawing without a name', each));
all('iframe:not([title])').forEach(each => report('frame without a title', each));
all('[tabindex]').filter(each => each.tabIndex > 0).forEach(each => report('tab order forced', each));
all('table').filter(each => !each.querySelector('th')).forEach(each => report('table without headers', each));
all('ul > :not(li), ol > :not(li)').forEach(each => report('a list holds something else', each));
all('[aria-invalid=true]').filter(each => !each.closest('fieldset, .field')?.querySelector('[id]') ).forEach(each => report('no error text', each));
// 1.3.5, 3.3.2: a required field says so
all('[aria-required=true]').filter(each => !nameOf(each)).forEach(each => report('required without a name', each));

// 1.4.3, 1.4.11: contrast, from the colours that are really there
const brush = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
const known = new Map();
const rgba = colour => {
  if (!known.has(colour)) {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
    known.set(colour, [red, green, blue, alpha / 255]);
  }
  return known.get(colour);
};
const over = (top, under) => [0, 1, 2].map(place => top[place] * top[3] + under[place] * (1 - top[3])).concat(1);
const luminance = colour => colour.slice(0, 3).map(part => part / 255)
  .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
  .reduce((sum, part, place) => sum + part * [.2126, .7152, .0722][place], 0);
const ratio = (one, other) => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + .05) / (dark + .05);
};
const coloursIn = image => image.match(/(?:rgba?|hsla?|color|oklch|oklab|lab|lch)\([^()]*\)/g) ?? [];
// Every colour that may lie behind an element: those of a gradient are each looked at.
const grounds = element => {
  const computed = style(element);
  const under = () => element.parentElement ? grounds(element.parentElement) : [rgba('white')];
  const own = rgba(computed.backgroundColor);
  const stops = coloursIn(computed.backgroundImage).map(rgba).filter(colour => colour[3] > 0);
  const layers = own[3] === 1 ? [own] : own[3] === 0 ? under() : under().map(ground => over(own, ground));
  return stops.length ? layers.concat(stops.flatMap(stop => layers.map(layer => over(stop, layer)))) : layers;
};
const opacity = element => element ? Number(style(element).opacity) * opacity(element.parentElement) : 1;
const worst = (colour, behind) => Math.min(...behind.map(ground => ratio(over(colour, ground), ground)));
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const seen = new Set();
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!texts.currentNode.textContent.trim() || seen.has(element)) continue;
  seen.add(element);
  if (element.closest('script, style, noscript, option, [hidden]') || !element.getClientRects().length || isUnseen(element)) continue;
  if (element.closest(':disabled')) continue;
  const computed = style(element);
  const colour = rgba(element.closest('svg') ? computed.fill : computed.color).slice();
  colour[3] *= opacity(element);
  const size = parseFloat(computed.fontSize);
  const isLarge = size >= 24 || size >= 18.66 && Number(computed.fontWeight) >= 700;
  const found = worst(colour, grounds(element));
  if (found < (isLarge ? 3 : 4.5) - .005) report(`contrast ${found.toFixed(2)} of ${computed.color}`, element);
}
all('input:not([type=hidden]), select, textarea').filter(each => !isHidden(each) && !isUnseen(each) && !each.disabled).forEach(each => {
  if (style(each).appearance !== 'none' && ['radio', 'checkbox'].includes(each.type) && style(each).accentColor === 'auto') return;
  if (['radio', 'checkbox'].includes(each.type) && style(each).appearance !== 'none') return;
  const edge = rgba(style(each).borderTopColor);
  const around = grounds(each.parentElement);
  if (Math.max(worst(edge, around), worst(edge, grounds(each))) < 2.995) report('edge of the field below 3:1', each);
});

// 2.5.8: targets of 24 by 24, unless in a sentence or with room around
const boxOf = each => {
  const boxes = [each, ...(['radio', 'checkbox'].includes(each.type) ? each.labels ?? [] : [])].map(part => part.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map(box => box.left)), Math.min(...boxes.map(box => box.top))];
  const [right, bottom] = [Math.max(...boxes.map(box => box.right)), Math.max(...boxes.map(box => box.bottom))];
  return { left, top, right, bottom, width: right - left, height: bottom - top };
};
const targets = controls.filter(each => !isUnseen(each));
const isInSentence = each => style(each).display.startsWith('inline') && !style(each).display.includes('flex')
  && [...each.parentElement.childNodes].some(node => node !== each && node.nodeType === 3 && node.textContent.trim());
const distance = (x, y, box) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
targets.forEach(each => {
  const box = boxOf(each);
  if (box.width >= 23.9 && box.height >= 23.9 || isInSentence(each)) return;
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const near = targets.find(other => other !== each && !other.contains(each) && !each.contains(other) && distance(x, y, boxOf(other)) < 12);
  if (near) report(`target of ${Math.round(box.width)} by ${Math.round(box.height)}`, each);
});

// On a phone more than WCAG asks for: 44 pixels high (2.5.5), unless in a sentence; an option's words are a part of it.
const height = each => (each.closest('.option') ?? each).getBoundingClientRect().height;
if (innerWidth < 400) targets.filter(each => height(each) < 43.5 && !isInSentence(each))
  .forEach(each => report(`target of ${Math.round(height(each))} high on a phone`, each));

// Room: what has an edge of its own stays off what follows below it, and columns stay off each other.
const isDrawn = element => {
  const computed = style(element);
  const hasLine = computed.borderTopStyle !== 'none' && parseFloat(computed.borderTopWidth) > 0;
  return rgba(computed.backgroundColor)[3] > 0 || hasLine && rgba(computed.borderTopColor)[3] > 0;
};
const isOverlaid = element => {
  for (let each = element; each; each = each.parentElement) {
    if (['absolute', 'fixed', 'sticky'].includes(style(each).position)) return true;
  }
  return false;
};
// Where a block begins for the eye: with the outermost frame that the control is not in as well, or with its words.
const beginning = (block, control) => {
  let frame = null;
  for (let each = block; each && !each.contains(control); each = each.parentElement) if (isDrawn(each)) frame = each;
  if (frame) return frame.getBoundingClientRect().top;
  return block.getBoundingClientRect().top + parseFloat(style(block).paddingTop);
};
// No frame around a block has as much above the block's words, not even with text of 200 %.
const reach = 160;
const blocks = all('main :is(h1, h2, h3, h4, h5, h6, p, dt, caption, legend, th, td)')
  .filter(each => each.textContent.trim() && each.checkVisibility())
  .map(element => ({ element, box: element.getBoundingClientRect() }));
const framed = [...new Set(targets.map(each => each.closest('.option') ?? each))];
// What is folded away has boxes, too, but they are not seen.
framed.filter(each => each.closest('main') && each.checkVisibility() && isDrawn(each) && !isOverlaid(each)).forEach(each => {
  const own = each.getBoundingClientRect();
  const isBelow = box => box.top >= own.bottom - 2 && box.top < own.bottom + reach && box.left < own.right - 1 && box.right > own.left + 1;
  const follows = element => each.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING && !each.contains(element);
  const touched = blocks.find(({ element, box }) => {
    if (!isBelow(box) || !follows(element) || isUnseen(element) || isOverlaid(element)) return false;
    const gap = beginning(element, each) - own.bottom;
    return gap > -2 && gap < 4;
  });
  if (touched) report(`touches what follows (“${touched.element.textContent.trim().slice(0, 30)}”)`, each);
});
const inkOf = cell => {
  const inside = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const boxes = controls.filter(each => cell.contains(each) && each.checkVisibility() && isDrawn(each)).map(each => each.getBoundingClientRect());
  while (inside.nextNode()) {
    const node = inside.currentNode;
    if (!node.textContent.trim() || !node.parentElement.checkVisibility() || isUnseen(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    boxes.push(...range.getClientRects());
  }
  return boxes.filter(box => box.width > 1);
};
all('main tr').forEach(row => [...row.cells].filter(cell => style(cell).display === 'table-cell').reduce((before, cell) => {
  const ink = inkOf(cell);
  const gaps = before.flatMap(one => ink.filter(other => one.top < other.bottom - 1 && other.top < one.bottom - 1)
    .map(other => other.left - one.right));
  if (gaps.some(gap => gap < 6)) report(`${Math.round(Math.min(...gaps))} pixels from the cell before`, cell);
  return ink;
}, []));

// 1.4.10, 1.4.4: nothing beside the page, nothing cut off
const root = document.scrollingElement;
if (root.scrollWidth > innerWidth + 1) {
  const wide = all('body *').filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !isUnseen(each)
    && !all('*').some(box => box !== each && box.contains(each) && ['auto', 'scroll', 'hidden', 'clip'].includes(style(box).overflowX)));
  report(`the page is ${root.scrollWidth} wide in ${innerWidth}`, wide.at(-1));
}
all('body *').filter(each => ['hidden', 'clip'].includes(style(each).overflowX) && !isUnseen(each) && each.scrollWidth > each.clientWidth + 1 && each.textContent.trim())
  .forEach(each => report(`text cut off (${each.scrollWidth} in ${each.clientWidth})`, each));
return findings;
