// What the tests ask of a page, as one function: zx(question, scope, ...).
// It runs in the page but changes nothing in it, apart from scrolling.
(function zx(question, scope, ...args) {
  const shown = e => e.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }) && e.getClientRects().length > 0;
  const words = e => (e.innerText || e.value || e.getAttribute('aria-label') || '').replace(/\s+/g, ' ').trim();
  const root = () => document.querySelector(scope);
  const all = css => root() ? [...root().querySelectorAll(css)] : [];
  const name = e => e.outerHTML.replace(/\s+/g, ' ').slice(0, 160);
  const labels = e => [...(e.labels || [])].map(words);

  // one gives back the single element of a list, or says why there is none.
  function one(list, what) {
    const seen = list.filter(shown);
    if (seen.length === 1) return { element: seen[0] };
    if (seen.length > 1) return { fault: what + ' is on the page ' + seen.length + ' times: say which with Within' };
    if (list.length === 0) return { fault: what + ' is not on the page' };
    const closed = list[0].closest('details:not([open])');
    return { fault: what + ' is on the page but not visible' + (closed ? ', inside a closed <details>: ' + words(closed) : '') };
  }

  // point scrolls an element into view and gives the spot to press, unless
  // something lies over it.
  function point(found) {
    if (found.fault) return found;
    const e = found.element;
    e.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = [...e.getClientRects()].find(r => r.width > 0 && r.height > 0) || e.getBoundingClientRect();
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const top = document.elementFromPoint(x, y);
    const label = top && top.closest('label');
    if (!top || !(e.contains(top) || top.contains(e) || (label && label.control === e)))
      return { fault: name(e) + ' cannot be pressed: over it lies ' + (top ? name(top) : 'nothing, it is outside the window') };
    if (e.disabled) return { fault: name(e) + ' is disabled' };
    return { x, y };
  }

  const questions = {
    // button finds what can be pressed by its data-action or its words; what opens
    // the form of a move is "unfold" and the move.
    button(what) {
      const pressable = all('button, a[href], summary, input[type=submit], input[type=image], label, [role=button]');
      let list = pressable.filter(e => e.dataset.action === what || e.dataset.unfold && 'unfold ' + e.dataset.unfold === what);
      if (list.length === 0) list = pressable.filter(e => words(e) === what);
      if (list.length === 0) list = pressable.filter(e => words(e).includes(what));
      if (list.length === 0) list = pressable.filter(e => e.textContent.trim() === what); // for the reason: it is hidden
      // A button within a label or a link must count once.
      list = list.filter(e => !list.some(other => other !== e && e.contains(other)));
      return point(one(list, 'a button or link ' + JSON.stringify(what)));
    },
    // field finds a text field by name and selects what is in it.
    field(field) {
      const list = all('input, textarea').filter(e => e.name === field && !['hidden', 'radio', 'checkbox', 'submit', 'button'].includes(e.type));
      const found = one(list, 'a field named ' + JSON.stringify(field));
      if (found.fault) return found;
      found.element.focus();
      if (document.activeElement !== found.element) return { fault: name(found.element) + ' cannot be typed into' };
      found.element.select();
      return {};
    },
    value(field) {
      const list = all('input, textarea, select').filter(e => e.name === field && (!['radio', 'checkbox'].includes(e.type) || e.checked));
      return list.length === 0 ? { fault: 'no field named ' + JSON.stringify(field) + ' has a value' } : { text: list[0].value };
    },
    // attach puts a file with these words into a field for files.
    attach(field, name, words) {
      const found = one(all('input').filter(e => e.name === field && e.type === 'file'), 'a field for files named ' + JSON.stringify(field));
      if (found.fault) return found;
      const list = new DataTransfer();
      list.items.add(new File([words], name));
      found.element.files = list.files;
      return { done: true };
    },
    // choice finds a radio button, a checkbox or an option by value or by label.
    choice(field, value) {
      const what = 'a choice ' + JSON.stringify(value) + ' of ' + JSON.stringify(field);
      const select = all('select').filter(e => e.name === field);
      if (select.length > 0) {
        const found = one(select, 'a list named ' + JSON.stringify(field));
        if (found.fault) return found;
        const options = [...found.element.options];
        const option = options.find(o => o.value === value) || options.find(o => words(o) === value);
        if (!option) return { fault: what + ' is not on the page; there are ' + options.map(o => o.value).join(', ') };
        found.element.focus();
        option.selected = true;
        found.element.dispatchEvent(new Event('input', { bubbles: true }));
        found.element.dispatchEvent(new Event('change', { bubbles: true }));
        return { done: true };
      }
      const inputs = all('input[type=radio], input[type=checkbox]').filter(e => e.name === field);
      let list = inputs.filter(e => e.value === value);
      if (list.length === 0) list = inputs.filter(e => labels(e).includes(value));
      if (list.length === 0 && inputs.length > 0) return { fault: what + ' is not on the page; there are ' + inputs.map(e => e.value).join(', ') };
      const found = one(list, what);
      if (found.element && found.element.checked) return { done: true };
      return point(found);
    },
    chosen(field, value) {
      return { done: all('input').some(e => e.name === field && e.checked && (e.value === value || labels(e).includes(value))) };
    },
    texts(css) { return { texts: all(css).map(e => words(e)) }; },
    attribute(css, attribute) {
      const e = all(css).find(e => e.hasAttribute(attribute));
      return e ? { text: e.getAttribute(attribute) } : { fault: css + ' with the attribute ' + attribute + ' is not on the page' };
    },
    has(css) { return { done: all(css).some(shown) }; },
    // targets lists what is to be pressed and is lower than so many pixels. A
    // link among the words of a sentence has the height of its line.
    targets(least) {
      const among = e => getComputedStyle(e).display === 'inline' && [...e.parentElement.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim());
      const area = e => (['radio', 'checkbox'].includes(e.type) && e.closest('.choice') || e).getBoundingClientRect();
      const low = all('a[href], button, input, select, textarea, summary').filter(e => shown(e) && e.type !== 'hidden' && !e.closest('[aria-hidden=true]') && !among(e))
        .filter(e => area(e).width > 1 && area(e).bottom + window.scrollY > 0 && area(e).height < least - 0.5);
      return { texts: low.slice(0, 10).map(e => Math.round(area(e).height) + ' px: ' + name(e)) };
    },
    // insight says that the first that the selector finds is wholly in the window.
    insight(css) {
      const e = all(css).find(shown);
      if (!e) return { fault: css + ' is not on the page' };
      const box = e.getBoundingClientRect();
      return { done: box.top >= 0 && box.bottom <= window.innerHeight };
    },
    // overlaps lists pairs of what the selector finds whose words lie on each other.
    overlaps(css) {
      const boxes = all(css).filter(shown).map(e => { const range = document.createRange(); range.selectNodeContents(e); return { e, box: range.getBoundingClientRect() }; });
      const out = [];
      boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
        if (!a.e.contains(b.e) && a.box.left < b.box.right - 0.5 && b.box.left < a.box.right - 0.5 && a.box.top < b.box.bottom - 0.5 && b.box.top < a.box.bottom - 0.5)
          out.push(words(a.e) + ' and ' + words(b.e));
      }));
      return { texts: out };
    },
    // overflow lists what sticks out at the right of the window.
    overflow(width) {
      const wide = document.documentElement.scrollWidth;
      if (wide <= width && window.innerWidth <= width) return { texts: [] };
      const scrolls = e => e && e !== document.body && e !== document.documentElement &&
        (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
      const out = all('body *').filter(e => shown(e) && e.getBoundingClientRect().right > width + 1 && !scrolls(e.parentElement));
      const inner = out.filter(e => !out.some(other => other !== e && e.contains(other)));
      return { texts: ['the page is ' + Math.max(wide, window.innerWidth) + ' px wide'].concat(inner.slice(0, 10).map(name)) };
    },
  };
  return Object.assign({ fault: '', text: '', texts: [], x: 0, y: 0, done: false }, questions[question](...args));
})
