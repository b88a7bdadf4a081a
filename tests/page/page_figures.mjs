// Every number of report.html against the files beside it: the page rounds what they print.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

function readCsv(path) {
  const rows = [[]];
  let cell = '', quoted = false;
  const text = readFileSync(path, 'utf8');
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') { cell += '"'; i++; }
    else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === ',' || c === '\n')) {
      rows.at(-1).push(cell);
      cell = '';
      if (c === '\n') rows.push([]);
    } else cell += c;
  }
  const [head, ...body] = rows.slice(0, -1);
  return body.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
}

// Half away from zero on the printed digits, as the page does.
function rounded(printed, places) {
  const [, sign, whole, rest] = printed.match(/^(-?)(\d*)\.?(\d*)$/);
  const digits = BigInt(whole + rest.padEnd(12, '0'));
  const unit = 10n ** BigInt(12 - places);
  const value = String((digits + unit / 2n) / unit).padStart(places + 1, '0');
  const at = value.length - places;
  const text = value.slice(0, at).replace(/\B(?=(\d{3})+$)/g, ',') + (places > 0 ? '.' + value.slice(at) : '');
  return (/[1-9]/.test(text) ? sign : '') + text;
}

// What the page shows for a cell of a CSV; the number of decimals is the page's.
function agrees(shown, printed) {
  if (printed === '' || printed === undefined) return shown === '\u2013';
  const share = shown.endsWith(' %');
  const text = share ? shown.slice(0, -2) : shown;
  const places = (text.split('.')[1] ?? '').length;
  if (!share) return text === rounded(printed, places);
  return Math.abs(parseFloat(text) - 100 * parseFloat(printed)) <= 0.5 * 10 ** -places + 1e-9;
}

const tableOf = (page, id) => page.$eval('#' + id, (table) => [
  [...table.tHead.rows[0].cells].map((c) => c.textContent),
  ...[...table.tBodies[0].rows].map((row) => [...row.cells].map((c) => c.textContent.trim())),
]);

export async function checkFigures(page, folder, icb, check) {
  const measures = readCsv(resolve(folder, 'measures.csv'));
  const audit = JSON.parse(readFileSync(resolve(folder, 'audit.json'), 'utf8'));
  const level = icb === undefined ? 'nation' : 'icb';
  const members = icb === undefined ? 'icb' : 'practice';
  const headline = measures[0].measure;
  const last = measures.map((m) => m.month).sort().at(-1);
  const at = new Map(measures.map((m) => [[m.measure, m.level, m.organisation_code, m.month].join(), m]));
  const subject = measures.find((m) => m.level === level && (icb === undefined || m.organisation_code === icb)).organisation_code;
  const figure = (measure, lev, code, month) => at.get([measure, lev, code, month].join());
  const same = (shown, printed, words) => check(agrees(shown, printed), `${words}: the page says ${shown}, the file ${printed}`);
  // A practice's figure says in words that its denominator is small, and only then.
  let small = 0;
  const marked = (shown, row, words) => {
    const isSmall = shown.endsWith(' small');
    small += isSmall ? 1 : 0;
    same(isSmall ? shown.slice(0, -6) : shown, row?.value, words);
    check(isSmall === (row?.small_denominator === 'yes' && row.value !== ''), `${words}: small or not: ${shown}`);
  };
  const ids = await page.$$eval('#measures-table [data-measure]', (heads) => heads.map((h) => h.dataset.measure));
  check(String(ids) === String([...new Set(measures.filter((m) => m.level === members && m.month === last).map((m) => m.measure))]), 'measures are complete');

  same(await page.textContent('#headline-value'), figure(headline, level, subject, last).value, 'headline');
  const spc = new Map(readCsv(resolve(folder, 'spc.csv')).filter((r) => r.measure === headline && r.level === level && r.organisation_code === subject).map((r) => [r.month, r]));
  check(spc.size > 12, 'there is a control chart');
  for (const [month, value, above, below, mean, lower, upper, cause] of (await tableOf(page, 'trend-table')).slice(1)) {
    const row = figure(headline, level, subject, month);
    const point = spc.get(month);
    same(mean, point?.mean, 'mean ' + month);
    same(lower, point?.lower, 'lower limit ' + month);
    same(upper, point?.upper, 'upper limit ' + month);
    check(cause === (point?.special_cause ?? ''), `special ${month}: ${cause}`);
    same(value, row.value, 'trend ' + month);
    same(above, row.numerator, 'trend above ' + month);
    same(below, row.denominator, 'trend below ' + month);
  }

  const shown = (await tableOf(page, 'members-table')).slice(1);
  const year = (m) => `${m.slice(0, 4) - 1}${m.slice(4)}`;
  const standings = new Map(readCsv(resolve(folder, 'standings.csv'))
    .filter((s) => s.measure === headline && s.level === members && s.period === 'month').map((s) => [s.organisation_code, s]));
  for (const [code, , value, change, , percentile, ...others] of shown) {
    const [above, below] = others.slice(-2);
    check(others.length === (members === 'practice' ? 3 : 2), 'practices have a percentile in their ICB');
    if (members === 'practice') same(others[0], standings.get(code)?.percentile_in_icb, code + ' percentile in its ICB');
    const row = figure(headline, members, code, last);
    const then = figure(headline, members, code, year(last));
    marked(value, row, code);
    same(percentile, row.percentile, code + ' percentile');
    same(above, row.numerator, code + ' above');
    same(below, row.denominator, code + ' below');
    same(change, then?.value && row.value ? (parseFloat(row.value) - parseFloat(then.value)).toFixed(6) : '', code + ' change');
  }
  for (const [code, ...values] of (await tableOf(page, 'measures-table')).slice(1))
    values.forEach((value, i) => marked(value, figure(ids[i], members, code, last), `${code} ${ids[i]}`));
  const [months, ...series] = await tableOf(page, 'months-table');
  for (const [code, ...values] of series)
    values.forEach((value, i) => marked(value, figure(headline, members, code, months[i + 1]), `${code} ${months[i + 1]}`));
  check(members !== 'practice' || small > 10, 'small denominators are told: ' + small);
  check(series.length === shown.length && months.length - 1 === new Set(measures.map((m) => m.month)).size, 'months are complete');

  for (const [month, ...values] of (await tableOf(page, 'decile-table')).slice(1)) {
    const sorted = shown.map(([code]) => figure(headline, members, code, month)?.value).filter((v) => v).map(Number).sort((a, b) => a - b);
    values.forEach((value, i) => {
      const place = (sorted.length - 1) * (i + 1) / 10, below = Math.floor(place);
      const decile = sorted[below] + (place - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
      check(sorted.length < 10 ? value === '\u2013' : Math.abs(parseFloat(value) - decile) < 0.00501, `decile ${i + 1} of ${month}: ${value}`);
    });
  }

  const uses = readCsv(resolve(folder, 'prescribing.csv')).filter((u) => u.level === level && u.organisation_code === subject && u.month === last);
  const devices = (await tableOf(page, 'devices-table')).slice(1);
  check(devices.length === uses.length, 'devices are complete');
  devices.forEach((cells, i) => {
    const use = uses[i];
    check(cells[0] === use.device && cells[1] === use.therapeutic_class, 'device ' + cells[0]);
    ['items', 'inhalers', 'kgco2e', 'nic_gbp', 'actual_cost_gbp'].forEach((name, c) => same(cells[c + 2], use[name], `${cells[0]} ${cells[1]} ${name}`));
  });

  const total = (name) => audit.carbon_by_grade_of_factor.reduce((sum, g) => sum + g[name], 0);
  for (const [grade, items, itemShare, packs, carbon, carbonShare, low, high] of (await tableOf(page, 'grades-table')).slice(1)) {
    const row = audit.carbon_by_grade_of_factor.find((g) => g.grade === grade);
    [[items, row.items], [packs, row.inhalers_and_refill_packs], [carbon, row.kgco2e], [low, row.kgco2e_low], [high, row.kgco2e_high]]
      .forEach(([cell, value]) => same(cell, String(value), 'grade ' + grade));
    same(itemShare, String(row.items / total('items')), 'share of items ' + grade);
    same(carbonShare, String(row.kgco2e / total('kgco2e')), 'share of carbon ' + grade);
  }
  (await tableOf(page, 'files-table')).slice(1).forEach((cells, i) => {
    const file = audit.files[i];
    check(cells[0] === file.name, 'file ' + cells[0]);
    [file.rows_read, file.rows_kept, file.rows_out_of_scope, file.rows_rejected, file.items_of_all_rows, file.actual_cost_gbp_of_all_rows]
      .forEach((value, c) => same(cells[c + 3], value === undefined ? '' : String(value), 'file ' + file.name));
  });
  const sets = readCsv(resolve(folder, 'factor_sets.csv')).filter((s) => s.measure === headline && s.level === level && s.organisation_code === subject);
  const weighed = (await tableOf(page, 'factors-table')).slice(1);
  check(weighed.length === sets.length && sets.length > 1, 'factor sets are complete');
  weighed.forEach(([, id, own, ...cells], i) => {
    const row = sets[i];
    check(id === row.factor_set && own === row.own, 'factor set ' + id);
    ['denominator', 'not_weighed', 'value', 'value_low', 'value_high'].forEach((name, c) => same(cells[c], row[name], `${id} ${name}`));
    if (own) check(row.value === figure(headline, level, subject, last).value, 'its own set gives the headline');
  });
  await checkMoved(page, folder, { headline, level, subject, members, shown: shown.map(([code]) => code) }, check, same);
  await checkGases(page, folder, { measures, figure, audit }, check, same);
  await checkAdvice(page, folder, (row) => row.level === level && row.organisation_code === subject, check, same);
  if (icb !== undefined) await checkSwitches(page, folder, icb, last, check, same);
}

// Rows of a table against rows of a file, in the same order; what is no number must be the same text.
function checkRows(cells, rows, columns, words, check, same) {
  check(cells.length === rows.length && rows.length > 0, `${words} are complete: ${cells.length} of ${rows.length}`);
  cells.forEach((row, i) => columns.forEach(([name, isNumber], c) => {
    if (isNumber) same(row[c], rows[i]?.[name], `${words} ${i} ${name}`);
    else if (name) check(row[c].replace(/_/g, ' ') === rows[i]?.[name].replace(/_/g, ' '), `${words} ${i} ${name}: ${row[c]}`);
  }));
}

async function checkMoved(page, folder, about, check, same) {
  const alerts = readCsv(resolve(folder, 'alerts.csv')).filter((a) => !/gases|flurane|nitrous/.test(a.measure));
  const columns = [['kind'], ['since'], ['direction'], ['before', true], ['now', true], ['reason']];
  const body = async (id) => (await tableOf(page, id)).slice(1);
  checkRows(await body('moved-table'), alerts.filter((a) => a.level === about.level && a.organisation_code === about.subject),
    [[''], ...columns], 'what moved', check, same);
  checkRows(await body('members-moved-table'), alerts.filter((a) => a.measure === about.headline && a.level === about.members && about.shown.includes(a.organisation_code)),
    [['organisation_code'], ['organisation_name'], ...columns], 'who moved', check, same);
  const ways = new Map(alerts.filter((a) => a.measure === about.headline && a.level === about.members && about.shown.includes(a.organisation_code))
    .map((a) => [a.organisation_code, a.direction === 'improvement']));
  const down = [...ways.values()].filter((way) => way).length;
  check((await page.textContent('#moved')).includes(`, ${down} of ${about.shown.length} ${about.members === 'icb' ? 'ICBs' : 'practices'} have moved down and ${ways.size - down} up`), 'how many moved');
}

async function checkGases(page, folder, { measures, figure, audit }, check, same) {
  const trusts = measures.filter((m) => m.level === 'trust');
  const last = trusts.map((m) => m.month).sort().at(-1);
  const gases = readCsv(resolve(folder, 'gases.csv'));
  const body = async (id) => (await tableOf(page, id)).slice(1);
  for (const id of ['gases-table', 'gas-measures-table']) {
    const ids = await page.$$eval(`#${id} th`, (heads) => heads.filter((h) => h.closest('thead')).map((h) => h.dataset.measure));
    const rows = await body(id);
    check(ids.filter((m) => m).length > 2 && rows.length === new Set(trusts.map((m) => m.organisation_code)).size, id + ' is complete');
    for (const cells of rows)
      ids.forEach((m, c) => { if (m) same(cells[c], figure(m, 'trust', cells[0], last)?.value, `${m} of ${cells[0]}`); });
  }
  checkRows(await body('gas-products-table'), gases.filter((g) => g.month === last),
    [['organisation_code'], ['gas'], ['source'], ['name'], ['unit'], ...['quantity', 'quantity_returned', 'ml', 'litres', 'kgco2e', 'indicative_cost_gbp'].map((name) => [name, true])],
    'gases', check, same);
  checkRows(await body('gas-findings-table'), readCsv(resolve(folder, 'gases_quality.csv')),
    [['organisation_code'], ['organisation_name'], ['month'], ['finding'], ['about'], ['name'], ['quantity', true], ['unit'], ['detail']],
    'findings', check, same);
  const provisional = audit.files.filter((f) => f.series?.provisional && f.months_passed_over_for_a_better_series.length === 0).flatMap((f) => f.months.map((m) => m.month));
  const said = (await page.textContent('#quality')).match(/Provisional months of hospital data: ([^:]*):/)[1].split(', ');
  check(said.length === provisional.length && provisional.length > 0, 'provisional months are complete: ' + said);
}

async function checkAdvice(page, folder, isOwn, check, same) {
  const own = readCsv(resolve(folder, 'targets.csv')).filter((t) => isOwn(t) && t.measure !== '');
  const isDefault = (t) => t.target.startsWith('default-');
  const targets = own.filter((t) => !isDefault(t) || !own.some((o) => !isDefault(o) && o.measure === t.measure && o.due_month === t.due_month && o.target_value === t.target_value));
  check(targets.length < own.length, 'a default that a plan repeats is shown once');
  const shown = (await tableOf(page, 'targets-table')).slice(1);
  check(shown.length === targets.length && shown.length > 0, 'targets are complete');
  shown.forEach((cells, i) => {
    const row = targets[i];
    check(cells[1] === row.due_month && cells[8] === row.status && cells[9] === row.why, 'target ' + row.target);
    ['target_value', 'latest_value', 'forecast', 'forecast_low', 'forecast_high', 'probability']
      .forEach((name, c) => same(cells[c + 2], row[name], `${row.target} ${name}`));
  });
  const cards = await page.$$eval('.figures dt', (all) => all.map((e) => e.textContent).filter((t) => /^At (most|least) .* by /.test(t)));
  check(cards.length === 1 && cards[0] === 'At most 12.00 by March 2028', 'cards of open targets, each once: ' + cards.join('; '));
  const ahead = (await tableOf(page, 'forecast-table')).slice(1);
  check(ahead.length > 0, 'a forecast is shown');
  for (const [month, expected, low, high] of ahead) {
    const row = targets.find((t) => t.measure === 'salbutamol_kgco2e_per_inhaler' && t.due_month === month && t.forecast !== '');
    same(expected, row.forecast, 'expected ' + month);
    same(low, row.forecast_low, 'low ' + month);
    same(high, row.forecast_high, 'high ' + month);
  }
  const change = readCsv(resolve(folder, 'drivers.csv')).find(isOwn);
  const parts = (await tableOf(page, 'changes-table')).slice(1);
  ['kgco2e_before', 'volume', 'class_mix', 'device_mix', 'brand_mix', 'factors', 'kgco2e_after']
    .forEach((name, i) => same(parts[i][2], change[name], name));
  const opportunities = new Map(readCsv(resolve(folder, 'opportunities.csv')).map((o) => [[o.measure, o.level, o.organisation_code].join(), o]));
  const tables = await page.$$eval('table.opportunities', (all) => all.map((t) => t.id));
  check(tables.length > 1, 'there are opportunities');
  for (const id of tables) {
    const [, measure, level] = id.match(/^opportunities-(.*)-([a-z_]+)$/);
    for (const [code, , ...cells] of (await tableOf(page, id)).slice(1)) {
      const row = opportunities.get([measure, level, code].join());
      ['value', 'median', 'top_quartile', 'top_decile', 'saving_at_median', 'saving_at_quartile', 'saving_at_decile', 'peer_count']
        .forEach((name, c) => same(cells[c], row[name], `${id} ${code} ${name}`));
      check(cells[8] === row.small_denominator, `${id} ${code} small`);
    }
  }
}

async function checkSwitches(page, folder, icb, last, check, same) {
  const rows = readCsv(resolve(folder, 'switches.csv')).filter((s) => s.month === last && s.icb_code === icb);
  const byKey = new Map(rows.map((s) => [[s.practice_code, s.from_name, s.to_name, s.switch].join('|'), s]));
  const lists = await page.evaluate(() => {
    const rule = (n) => document.getElementById(n).querySelector('.hidden-text').textContent.trim().slice(1, -1);
    return [...document.querySelectorAll('details.practice')].flatMap((list) => {
      let from;
      return [...list.querySelectorAll('tbody tr')].map((row) => {
        const cells = [...row.cells];
        if (cells[0].scope === 'rowgroup') from = cells.splice(0, 3).map((c) => c.textContent.trim());
        return [list.id.slice(5), ...from, rule(cells[1].firstChild.hash.slice(1)), ...cells.map((c) => c.textContent.trim())];
      });
    });
  });
  check(lists.length === rows.length, `lists are complete: ${lists.length} of ${rows.length}`);
  for (const [code, from, inhalers, now, rule, to, , saved, cost, grade] of lists) {
    const key = [...byKey.keys()].find((k) => k.startsWith(`${code}|${from}|`) && k.endsWith('|' + rule) && to.startsWith(k.split('|')[2]));
    const row = byKey.get(key);
    check(row !== undefined, `in the file: ${code} ${from} ${to} ${rule}`);
    if (row === undefined) continue;
    same(inhalers, row.inhalers, key);
    same(now, row.kgco2e_now, key);
    same(saved, row.kgco2e_saved, key);
    same(cost, row.cost_change_gbp, key);
    check(grade === (row.grade || '\u2013'), 'grade of ' + key);
  }
}
