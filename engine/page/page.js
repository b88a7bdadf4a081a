// What scripting adds to report.html: sorting, searching, interactive charts, printing one
// practice.  All figures come from the tables of the page, so there is one copy of each.
// Strings from the page are set as text, never as markup.
(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('js');

  function byId(id) { return document.getElementById(id); }
  function make(name, attributes, text) {
    var made = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text !== undefined) made.textContent = text;
    return made;
  }
  // "1,234.5", "12.3%", a dash for nothing
  function number(text) {
    var value = parseFloat(text.replace(/,/g, ''));
    return isNaN(value) ? null : value;
  }

  // Sorting: empty cells go last in both directions.
  function compare(one, other) {
    var a = number(one), b = number(other);
    return a !== null && b !== null ? a - b : one.localeCompare(other, 'en-GB', { numeric: true });
  }
  function sortBy(table, column, head) {
    var up = head.getAttribute('aria-sort') !== 'ascending';
    var body = table.tBodies[0];
    var rows = Array.from(body.rows).map(function (row) {
      return { row: row, text: row.cells[column].textContent.trim() };
    });
    var isEmpty = function (text) { return text === '' || text === '\u2013'; };
    rows.sort(function (one, other) {
      if (isEmpty(one.text) !== isEmpty(other.text)) return isEmpty(one.text) ? 1 : -1;
      return (up ? 1 : -1) * compare(one.text, other.text);
    });
    table.querySelectorAll('th[aria-sort]').forEach(function (th) { th.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    body.append.apply(body, rows.map(function (entry) { return entry.row; }));
  }
  document.querySelectorAll('table.sortable').forEach(function (table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      var button;
      if (head.hasAttribute('data-plain')) return;
      button = make('button', { type: 'button', class: 'sort' }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener('click', function () { sortBy(table, column, head); });
    });
  });

  // Searching
  var search = byId('search');
  function find() {
    var wanted = search.value.trim().toLowerCase();
    var rows = Array.from(byId('members-table').tBodies[0].rows);
    var shown = rows.filter(function (row) {
      var text = row.cells[0].textContent + ' ' + row.cells[1].textContent;
      row.hidden = text.toLowerCase().indexOf(wanted) < 0;
      return !row.hidden;
    });
    byId('found').textContent = shown.length + ' of ' + rows.length + ' shown';
  }
  if (search) {
    search.addEventListener('input', find);
    find();
  }

  // Charts
  var looks = {
    main: { stroke: '#005eb8', width: 2.5 },
    middle: { stroke: '#212b32', width: 2 },
    decile: { stroke: '#4c6272', width: 1, dash: [3, 3] },
    target: { stroke: '#ab1f63', width: 2, dash: [9, 4] },
    expected: { stroke: '#003087', width: 2, dash: [2, 4] },
    limit: { stroke: '#4c6272', width: 1.25, dash: [6, 3, 1, 3] },
    chosen: { stroke: '#ab1f63', width: 3 }
  };
  function line(label, look, shown) {
    return Object.assign({ label: label, points: { show: false }, show: shown !== false,
      value: function (u, v) { return v === null || v === undefined ? '\u2013' : v.toFixed(2); } },
      looks[look]);
  }
  function monthStamp(text) { return Date.UTC(+text.slice(0, 4), +text.slice(5, 7) - 1, 1) / 1000; }
  function columnsOf(table) {
    var rows = Array.from(table.tBodies[0].rows);
    return Array.from(table.tHead.rows[0].cells).map(function (head, column) {
      return rows.map(function (row) {
        var text = row.cells[column].textContent.trim();
        return column === 0 ? monthStamp(text) : number(text);
      });
    });
  }
  function chart(place, series, data, still) {
    var size = function () { return { width: Math.max(280, place.clientWidth), height: place.clientWidth < 600 ? 260 : 360 }; };
    var tick = function (u, splits) {
      return splits.map(function (s) {
        return new Date(s * 1000).toLocaleDateString('en-GB', { month: 'short', year: '2-digit', timeZone: 'UTC' });
      });
    };
    // Months on the axis, as many as fit; no month appears twice.
    var splits = function (u) {
      var first = new Date(data[0][0] * 1000), last = data[0][data[0].length - 1], all = [], stamp;
      while ((stamp = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + all.length, 1) / 1000) <= last) all.push(stamp);
      var every = [1, 2, 3, 6, 12, 24].find(function (step) { return all.length / step <= Math.max(2, u.width / 80); }) || 24;
      return all.filter(function (s, i) { return i % every === 0; });
    };
    var options = Object.assign(size(), {
      tzDate: function (stamp) { return uPlot.tzDate(new Date(stamp * 1e3), 'Etc/UTC'); },
      scales: { y: { range: function (u, low, high) { return low === null ? [0, 1] : uPlot.rangeNum(low, high, 0.1, false); } } },
      axes: [{ values: tick, splits: splits, font: '14px arial', grid: { show: false } },
        { font: '14px arial', grid: { stroke: '#d8dde0' }, size: 60 }],
      series: [{ label: 'Month', value: function (u, v) {
        return v === null || v === undefined ? '\u2013' : new Date(v * 1000).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
      } }].concat(series),
      // A broken line has a broken mark: colour alone does not distinguish the lines.
      legend: { markers: { dash: function (u, i) {
        var dash = u.series[i].dash;
        return !dash ? 'solid' : dash[0] < 3 ? 'dotted' : 'dashed';
      } } },
      cursor: { drag: { x: false, y: false } }
    });
    var drawn;
    var label = still ? still.querySelector('desc').textContent : '';
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', label);
    drawn = new uPlot(options, data, place);
    // Arrow keys move through the months as the pointer does.
    place.tabIndex = 0;
    place.addEventListener('keydown', function (event) {
      var at = drawn.cursor.idx;
      var last = data[0].length - 1;
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      event.preventDefault();
      at = at === null || at === undefined ? last : Math.min(last, Math.max(0, at + (event.key === 'ArrowLeft' ? -1 : 1)));
      drawn.setCursor({ left: drawn.valToPos(data[0][at], 'x'), top: 10 });
    });
    window.addEventListener('resize', function () { drawn.setSize(size()); });
    return drawn;
  }
  // Forecasts: joined by straight lines to the last figure; the lines of targets continue.
  function addAhead(series, data, ahead) {
    var last = data[0].length - 1;
    var looksAhead = ['expected', 'limit', 'limit'];
    var first = series.length;
    var now = data[1][last];
    ['Forecast', '80% low', '80% high'].forEach(function (name, i) {
      series.push(Object.assign(line(name, looksAhead[i]), { spanGaps: true }));
      data.push(data[0].map(function (month, at) { return at === last ? now : null; }));
    });
    ahead[0].map(function (month, i) { return i; }).sort(function (a, b) { return ahead[0][a] - ahead[0][b]; }).forEach(function (i) {
      if (ahead[0][i] === data[0][data[0].length - 1]) return;
      data.forEach(function (values, column) {
        values.push(column === 0 ? ahead[0][i] : column > first ? ahead[column - first][i]
          : series[column - 1].dash === looks.target.dash ? values[last] : null);
      });
    });
  }
  function stillOf(place) { return place.parentNode.querySelector('svg.still'); }
  function isDrawn(place) { return place && stillOf(place); }

  var trend = byId('trend-live');
  if (isDrawn(trend)) {
    var trendTable = byId('trend-table');
    var heads = Array.from(trendTable.tHead.rows[0].cells);
    var all = columnsOf(trendTable);
    var of = heads.map(function (head, i) { return i; }).filter(function (i) { return heads[i].dataset.look; });
    var series = of.map(function (i) { return line(heads[i].textContent, heads[i].dataset.look); });
    var data = [all[0]].concat(of.map(function (i) { return all[i]; }));
    var marks = heads.findIndex(function (head) { return head.hasAttribute('data-marks'); });
    if (marks > 0) {
      series[0].points = { show: true, size: 11, width: 2.5, fill: '#fff', stroke: looks.target.stroke,
        filter: function () {
          return Array.from(trendTable.tBodies[0].rows).map(function (row, i) { return row.cells[marks].textContent.trim() ? i : -1; })
            .filter(function (i) { return i >= 0; });
        } };
    }
    var ahead = byId('forecast-table');
    if (ahead) addAhead(series, data, columnsOf(ahead));
    chart(trend, series, data, stillOf(trend));
  }

  var members = byId('members-live');
  if (isDrawn(members)) {
    var deciles = columnsOf(byId('decile-table'));
    var months = Array.from(byId('months-table').tBodies[0].rows);
    var together = columnsOf(byId('trend-table'))[1];
    var nothing = deciles[0].map(function () { return null; });
    var lines = deciles.slice(1).map(function (values, i) {
      var label = { 0: 'lowest 10%', 4: 'median', 8: 'highest 10%' }[i];
      return Object.assign(line(label || '', i === 4 ? 'middle' : 'decile'), label ? {} : { class: 'quiet' });
    });
    var drawn = chart(members, lines.concat([line('overall', 'main'), line('chosen', 'chosen')]),
      deciles.concat([together, nothing]), stillOf(members));
    var choice = byId('choice');
    // By code: the two tables are in different orders, and the other one can be sorted.
    var names = {};
    Array.from(byId('members-table').tBodies[0].rows).forEach(function (row) {
      names[row.cells[0].textContent] = row.cells[1].textContent;
    });
    months.forEach(function (row, i) {
      var code = row.cells[0].textContent;
      choice.append(make('option', { value: i }, code + ' ' + (names[code] || '')));
    });
    choice.addEventListener('change', function () {
      var row = months[+choice.value];
      var values = choice.value === '' ? nothing : Array.from(row.cells).slice(1).map(function (cell) { return number(cell.textContent); });
      drawn.setData(deciles.concat([together, values]));
      byId('chosen-link').replaceChildren();
      if (choice.value !== '' && byId('list-' + row.cells[0].textContent))
        byId('chosen-link').append(make('a', { href: '#list-' + row.cells[0].textContent }, 'Open its switch list'));
    });
  }

  // Switch lists: a link opens its list, and each list can be printed alone.
  function openTarget() {
    var target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.tagName === 'DETAILS') {
      target.open = true;
      target.querySelector('summary').focus();
    }
    target.scrollIntoView();
  }
  window.addEventListener('hashchange', openTarget);
  openTarget();
  var lists = Array.from(document.querySelectorAll('details.practice'));
  function setAll(open) { lists.forEach(function (list) { list.open = open; }); }
  if (byId('open-all')) {
    byId('open-all').addEventListener('click', function () { setAll(true); });
    byId('close-all').addEventListener('click', function () { setAll(false); });
  }
  // Prints only the part of the legend that this list needs.
  function markUnused(list) {
    var legend = byId('switch-legend');
    var froms = Array.from(list.querySelectorAll('th[scope=rowgroup]')).map(function (th) { return th.textContent; });
    var used = {};
    var said = list.textContent;
    list.querySelectorAll('a[href^="#s"]').forEach(function (a) { used[a.hash.slice(1)] = true; });
    legend.querySelectorAll('tbody tr').forEach(function (row) {
      var isUsed = row.id ? used[row.id] : froms.indexOf(row.cells[0].textContent) >= 0;
      row.classList.toggle('unused', !isUsed);
      if (row.id && isUsed) said += row.textContent;
    });
    legend.querySelectorAll('dt').forEach(function (dt) {
      var isUsed = said.indexOf(dt.textContent) >= 0;
      dt.classList.toggle('unused', !isUsed);
      dt.nextElementSibling.classList.toggle('unused', !isUsed);
    });
  }
  function printOne(list) {
    markUnused(list);
    root.classList.add('print-one');
    list.classList.add('chosen');
    window.print();
  }
  window.addEventListener('afterprint', function () {
    root.classList.remove('print-one');
    lists.forEach(function (list) { list.classList.remove('chosen'); });
  });
  lists.forEach(function (list) {
    list.addEventListener('toggle', function () {
      var button;
      if (!list.open || list.querySelector('.print-list')) return;
      button = make('button', { type: 'button', class: 'nhsuk-button nhsuk-button--secondary no-print print-list' }, 'Print this list');
      button.addEventListener('click', function () { printOne(list); });
      list.querySelector('.nhsuk-details__text').prepend(button);
    });
  });
}());
