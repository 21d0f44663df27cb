// What the report does in its reader's browser: lists sort, tables copy themselves, figures are drawn. Nothing is fetched.
(function () {
  'use strict';
  var words = JSON.parse(document.getElementById('words').textContent);
  var said = document.getElementById('said');

  function button(text, action) {
    var made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    made.addEventListener('click', action);
    return made;
  }

  // --- copying
  function copy(kinds, place) {
    function fill(event) {
      Object.keys(kinds).forEach(function (kind) { event.clipboardData.setData(kind, kinds[kind]); });
      event.preventDefault();
    }
    var selection = window.getSelection(), range = document.createRange();
    range.selectNodeContents(place);  // some browsers copy only where something is selected
    selection.removeAllRanges();
    selection.addRange(range);
    document.addEventListener('copy', fill);
    var worked = document.execCommand('copy');
    document.removeEventListener('copy', fill);
    selection.removeAllRanges();
    said.textContent = worked ? words.copied : words.not_copied;
    return worked;
  }

  function copier(text, kinds, place) {
    var made = button(text, function () {
      made.textContent = copy(kinds(), place) ? words.copied : words.not_copied;
      window.setTimeout(function () { made.textContent = text; }, 1500);
    });
    return made;
  }

  function edge(cell, side, points) { cell.style['border' + side] = points + 'pt solid black'; }

  // The table as Word takes it from the clipboard: every look in the cell itself.
  function rich_table(table) {
    var copied = table.cloneNode(true);
    copied.querySelectorAll('th button').forEach(function (each) { each.replaceWith(each.textContent); });
    copied.style.borderCollapse = 'collapse';
    var rows = Array.prototype.slice.call(copied.rows), heads = copied.tHead ? copied.tHead.rows.length : 0;
    rows.forEach(function (row, i) {
      Array.prototype.forEach.call(row.cells, function (cell) {
        cell.style.fontWeight = 'normal';
        cell.style.padding = '0 5pt';
        cell.style.textAlign = cell.classList.contains('l') ? 'left' : cell.classList.contains('r') ? 'right' : 'center';
        if (i === 0) edge(cell, 'Top', 1.5);
        if (row.classList.contains('rule')) edge(cell, 'Top', 0.75);
        if (i + 1 === heads || cell.classList.contains('u')) edge(cell, 'Bottom', 0.75);
        if (i + 1 === rows.length) edge(cell, 'Bottom', 1.5);
        cell.removeAttribute('class');
      });
    });
    return copied.outerHTML;
  }

  function paragraph(element, size) {
    return '<p style="margin:0;font-size:' + size + 'pt">' + element.innerHTML + '</p>';
  }

  function for_word(article) {
    var table = article.querySelector('table.publication'), caption = article.querySelector('.caption');
    var notes = Array.prototype.map.call(article.querySelectorAll('.notes > p'), function (each) { return paragraph(each, 9); });
    return '<div style="font-family:\'Times New Roman\',SimSun;font-size:10.5pt">' + (caption ? paragraph(caption, 10.5) : '') +
      rich_table(table) + notes.join('') + '</div>';
  }

  document.querySelectorAll('article.table').forEach(function (article) {
    var tools = article.querySelector('.tools'), table = article.querySelector('table.publication');
    if (!table) return;
    var texts = JSON.parse(article.querySelector('.texts').textContent);
    tools.append(
      copier(words.word, function () { return { 'text/html': for_word(article), 'text/plain': texts.md }; }, table),
      copier(words.latex, function () { return { 'text/plain': texts.tex }; }, table),
      copier(words.markdown, function () { return { 'text/plain': texts.md }; }, table));
  });

  document.querySelectorAll('.equivalent').forEach(function (code) {
    code.after(copier(words.code, function () { return { 'text/plain': code.textContent }; }, code));
  });

  // --- sorting
  function number_of(text) {
    var plain = text.replace(/−/g, '-').replace(/[*()[\]\s]/g, '');
    return plain !== '' && isFinite(plain) ? Number(plain) : NaN;
  }

  // Numbers before words, by value; words by the language of the page; nothing last.
  function compare(a, b, sign) {
    if (a === '' || b === '') return (a === '') - (b === '');
    var x = number_of(a), y = number_of(b);
    if (!isNaN(x) && !isNaN(y)) return sign * (x - y);
    if (isNaN(x) !== isNaN(y)) return isNaN(x) - isNaN(y);
    return sign * a.localeCompare(b, document.documentElement.lang);
  }

  // Runs of rows between headings that span the table.
  function runs_of(rows) {
    var runs = [[]];
    rows.forEach(function (row) {
      if (row.cells.length === 1) runs.push([row], []);
      else runs[runs.length - 1].push(row);
    });
    return runs;
  }

  // A cell over several columns that says nothing is one for each.
  function part_blanks(row) {
    Array.prototype.slice.call(row.cells).forEach(function (cell) {
      while (cell.colSpan > 1 && cell.textContent.trim() === '') {
        cell.colSpan -= 1;
        cell.before(document.createElement('td'));
      }
    });
  }

  // Blank cells at the head of a row mean "as above": the row says it itself before it leaves its place.
  function say_heads(rows) {
    var above = null;
    rows.forEach(function (row) {
      part_blanks(row);
      for (var i = 0; above && i < row.cells.length && row.cells[i].textContent.trim() === ''; ++i) {
        row.cells[i].className = above.cells[i].className;
        row.cells[i].textContent = above.cells[i].textContent;
      }
      above = row;
    });
  }

  function sort(table, column, direction, original) {
    var body = table.tBodies[0];
    original.forEach(function (row, i) { row.innerHTML = table.kept[i]; });
    var rows = original.slice();
    if (direction) {
      rows = [];
      runs_of(original).forEach(function (run) {
        say_heads(run);
        var text = function (row) { return row.cells[column] ? row.cells[column].textContent.trim() : ''; };
        rows = rows.concat(run.slice().sort(function (a, b) { return compare(text(a), text(b), direction); }));
      });
    }
    rows.forEach(function (row) { body.append(row); });
  }

  function make_sortable(table) {
    var original = Array.prototype.slice.call(table.tBodies[0].rows), heads = table.tHead.rows;
    var cells = Array.prototype.slice.call(heads[heads.length - 1].cells);
    if (cells.some(function (cell) { return cell.colSpan > 1; })) return;
    table.kept = original.map(function (row) { return row.innerHTML; });
    cells.forEach(function (cell, column) {
      if (cell.textContent.trim() === '') return;
      var pressed = button(cell.textContent, function () {
        var now = cell.getAttribute('aria-sort');
        var next = now === 'ascending' ? 'descending' : now === 'descending' ? null : 'ascending';
        cells.forEach(function (each) { each.removeAttribute('aria-sort'); });
        if (next) cell.setAttribute('aria-sort', next);
        sort(table, column, next === 'ascending' ? 1 : next ? -1 : 0, original);
      });
      pressed.title = words.sort;
      cell.replaceChildren(pressed);
    });
  }
  document.querySelectorAll('table.sortable').forEach(make_sortable);

  // --- figures
  document.querySelectorAll('figure').forEach(function (figure) {
    var map = figure.querySelector('.map'), place = figure.querySelector('.chart');
    if (map) echarts.registerMap(map.dataset.name, { geoJSON: JSON.parse(map.textContent) });
    var width = Number(place.dataset.width), height = Number(place.dataset.height);
    var chart = echarts.init(place, null, { renderer: 'svg', width: width, height: height });
    chart.setOption(prepared(JSON.parse(figure.querySelector('.option').textContent), chart));
    // Laid out at its own size; a narrow window shows it smaller, so that nothing is cut.
    var drawn = place.firstElementChild;
    function fit() { drawn.style.transform = 'scale(' + place.clientWidth / width + ')'; }
    drawn.style.transformOrigin = '0 0';
    fit();
    window.addEventListener('resize', fit);
  });
})();
