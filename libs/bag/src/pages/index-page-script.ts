// A browser that runs scripts need not lay out rows that the script below takes out at once. Should that script fail,
// all rows show once the page is read.
export const indexPageEarlyScript =
  "document.documentElement.className='reading';" +
  "document.addEventListener('DOMContentLoaded',function(){" +
  "if(document.documentElement.className==='reading')document.documentElement.className=''})";

// Runs in the reader's browser, from a file, in ten years: plain JavaScript without dependencies. It takes the rows out
// of the page and puts back those that match, a hundred at a time: a list of 100,000 documents is searched in memory
// and never laid out whole. A long list shows before its texts are taken, which happens in short turns, or at once when
// somebody searches sooner.
export const indexPageScript = `
(function () {
  'use strict';
  var PAGE = 100, TURN = 1000;
  var $ = function (id) { return document.getElementById(id); };
  var body = $('rows'), finder = $('finder'), found = $('found'), more = $('more');
  var collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  var fold = function (text) {
    return /^[\\x00-\\x7f]*$/.test(text) ? text.toLowerCase() : text.normalize('NFKD').replace(/\\p{M}/gu, '').toLowerCase();
  };
  var texts = function (nodes) { return Array.prototype.map.call(nodes, function (node) { return node.textContent; }); };
  var rows = Array.prototype.map.call(body.rows, function (row, at) {
    return { row: row, at: at, key: '', text: '', type: [], active: [], orgUnit: [], state: [] };
  });
  body.replaceChildren();
  var taken = 0;
  var shown = 0, matches = rows, ordered = rows, queued = false;
  var before = { typed: '', chosen: '', among: rows };
  var filters = ['orgUnit', 'type', 'state', 'active'];

  function take(count) {
    var isLast = taken < rows.length && taken + count >= rows.length;
    rows.slice(taken, taken + count).forEach(function (one) {
      var cells = one.row.children;
      one.text = fold(one.row.textContent);
      one.type = [cells[2].textContent];
      one.active = [cells[3].textContent];
      one.orgUnit = texts(cells[4].getElementsByTagName('li'));
      one.state = texts(cells[5].getElementsByClassName('state'));
    });
    taken = Math.min(taken + count, rows.length);
    if (isLast) filters.forEach(fill);
  }

  function takeInTurns() {
    take(TURN);
    if (taken < rows.length) setTimeout(takeInTurns, 0);
  }

  function takeAll() { take(rows.length); }

  function fill(name) {
    var values = new Set(), select = $(name);
    rows.forEach(function (row) { row[name].forEach(function (value) { values.add(value); }); });
    Array.from(values).sort(collator.compare).forEach(function (value) {
      var option = document.createElement('option');
      option.value = option.textContent = value;
      select.append(option);
    });
  }

  function show(count) {
    var next = matches.slice(shown, shown + count);
    var part = document.createDocumentFragment();
    next.forEach(function (match) { part.append(match.row); });
    body.append(part);
    shown += next.length;
    more.hidden = shown >= matches.length;
    more.textContent = 'Show ' + Math.min(PAGE, matches.length - shown).toLocaleString() + ' more';
  }

  function search() {
    var typed = fold($('words').value);
    var words = typed.split(/\\s+/).filter(Boolean);
    var wanted = filters.filter(function (name) { return $(name).value; });
    var values = wanted.map(function (name) { return $(name).value; });
    var chosen = wanted.concat(values).join('\\n');
    if (words.length + wanted.length > 0) takeAll();
    // Typing on can only narrow the matches.
    var narrows = before.among === ordered && before.chosen === chosen && typed.startsWith(before.typed);
    before = { typed: typed, chosen: chosen, among: ordered };
    matches = (narrows ? matches : ordered).filter(function (row) {
      return words.every(function (word) { return row.text.includes(word); }) &&
        wanted.every(function (name, i) { return row[name].includes(values[i]); });
    });
    body.replaceChildren();
    shown = 0;
    show(PAGE);
    found.textContent = matches.length === rows.length
      ? rows.length.toLocaleString() + (rows.length === 1 ? ' document' : ' documents')
      : matches.length.toLocaleString() + ' of ' + rows.length.toLocaleString() + ' documents';
  }

  function sortBy(head, column) {
    var down = head.getAttribute('aria-sort') === 'ascending';
    document.querySelectorAll('th[aria-sort]').forEach(function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    rows.forEach(function (row) {
      var cell = row.row.cells[column];
      row.key = (cell.querySelector('.key') || cell).textContent;
    });
    ordered = rows.slice().sort(function (a, b) {
      return (a.key === b.key ? 0 : collator.compare(a.key, b.key)) * (down ? -1 : 1) || a.at - b.at;
    });
    search();
  }

  document.querySelectorAll('thead th').forEach(function (head, column) {
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    // Browsers do not repeat a button at the head of each printed page.
    var printed = document.createElement('span');
    printed.className = 'printed';
    printed.textContent = head.textContent;
    head.replaceChildren(button, printed);
    button.addEventListener('click', function () { sortBy(head, column); });
  });
  filters.forEach(function (name) {
    var select = $(name);
    select.addEventListener('change', search);
    select.addEventListener('pointerdown', takeAll);
    select.addEventListener('focus', takeAll);
  });
  $('words').addEventListener('input', function () {
    if (queued) return;
    queued = true;
    requestAnimationFrame(function () { queued = false; search(); });
  });
  finder.addEventListener('submit', function (event) { event.preventDefault(); });
  finder.addEventListener('reset', function () { setTimeout(search, 0); });
  more.addEventListener('click', function () {
    var first = shown;
    show(PAGE);
    var link = matches[first] && matches[first].row.querySelector('a');
    if (link) link.focus();
  });
  var shownBefore = 0;
  addEventListener('beforeprint', function () { shownBefore = shown; show(matches.length); });
  addEventListener('afterprint', function () {
    matches.slice(shownBefore, shown).forEach(function (match) { match.row.remove(); });
    shown = shownBefore;
    show(0);
  });
  finder.hidden = false;
  document.documentElement.className = 'scripted';
  search();
  takeInTurns();
})();
`;
