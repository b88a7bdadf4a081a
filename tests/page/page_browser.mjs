// usage: node page_browser.mjs NODE_MODULES figures|use|names FOLDER [ICB]
// Opens FOLDER/report.html in headless Chromium as a person does; a line for each thing
// that is not as it should be, exit 1 when there is any.
//   figures  every number of the page is in the CSV files beside it, and complete
//   use      sort, search, keyboard, phone, paper, no scripting, axe-core, nothing loaded
//   names    names that look like markup are names
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { checkFigures } from './page_figures.mjs';

const [modules, what, folder, icb] = process.argv.slice(2);
const require = createRequire(resolve(modules, 'x.js'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const address = 'file://' + resolve(folder, 'report.html');
let checks = 0;
let faults = 0;

function check(fine, words) {
  checks++;
  if (fine) return;
  faults++;
  if (faults <= 40) console.log('not so: ' + words);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

// A page that tells on itself: whatever it asks for beyond its own file is a fault.
async function open(options = {}, first = () => {}) {
  const context = await browser.newContext(options);
  await context.addInitScript(first);
  const page = await context.newPage();
  page.on('request', (r) => check(r.url().startsWith(address) || r.url().startsWith('data:'), 'it loads nothing: ' + r.url()));
  page.on('pageerror', (e) => check(false, 'no error of its script: ' + e.message));
  page.on('console', (m) => check(m.type() !== 'error', 'nothing in the console: ' + m.text()));
  page.on('dialog', (d) => { check(false, 'no dialog: ' + d.message()); d.dismiss(); });
  await page.goto(address);
  return page;
}

async function violations(page, words) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  for (const v of found.violations)
    check(false, `${words}: axe ${v.id}: ${v.nodes.length} x ${v.nodes[0].html.slice(0, 120)}: ${v.nodes[0].failureSummary.slice(0, 200)}`);
  check(found.passes.length > 15, words + ': axe looked at it');
}

const column = (page, n) => page.$$eval(`#members-table tbody tr > :nth-child(${n})`,
  (cells) => cells.filter((c) => c.offsetParent).map((c) => c.textContent.trim()));
const numbers = (texts) => texts.map((t) => parseFloat(t.replace(/,/g, ''))).filter((v) => !isNaN(v));

async function sorting() {
  const page = await open();
  const button = page.locator('#members-table thead th:nth-child(3) button');
  const head = page.locator('#members-table thead th:nth-child(3)');
  const carbon = numbers(await column(page, 8));
  check(carbon.length > 10 && String(carbon) === String([...carbon].sort((a, b) => b - a)), 'who has most comes first');
  const before = numbers(await column(page, 3)).sort((a, b) => a - b);
  await button.click();
  check(await head.getAttribute('aria-sort') === 'ascending', 'a sorted column says so');
  check(String(numbers(await column(page, 3))) === String(before), 'sorted from the lowest');
  await button.press('Enter');
  check(await head.getAttribute('aria-sort') === 'descending', 'the keyboard sorts the other way');
  check(String(numbers(await column(page, 3))) === String(before.reverse()), 'sorted from the highest');
  check((await column(page, 3)).length > before.length - 1, 'no row is lost by sorting');
}

async function searching() {
  const page = await open();
  const all = (await column(page, 1)).length;
  await page.fill('#search', 'brook');
  const found = await column(page, 2);
  check(found.length > 0 && found.length < all && found.every((n) => /brook/i.test(n)), 'search by name');
  check((await page.textContent('#found')) === `${found.length} of ${all} shown`, 'it says how many');
  await page.fill('#search', 'no such practice');
  check((await column(page, 1)).length === 0, 'nothing found is nothing shown');
}

async function opening() {
  const page = await open();
  const link = page.locator('#members-table tbody tr:nth-child(4) a');
  const code = (await column(page, 1))[3];
  await link.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((id) => document.getElementById(id).open, 'list-' + code);
  check(await page.locator(`[id="list-${code}"] table`).isVisible(), 'the link of a practice opens its list');
  check(await page.evaluate(() => document.activeElement.tagName) === 'SUMMARY', 'and the keyboard is there');
  check(await page.evaluate(() => {
    const rows = (id) => Array.from(document.querySelectorAll('#' + id + ' tbody tr'));
    const codes = (id) => rows(id).map((row) => row.cells[0].textContent);
    const known = rows('members-table').map((row) => row.cells[0].textContent + ' ' + row.cells[1].textContent);
    const options = Array.from(document.querySelectorAll('#choice option')).slice(1).map((option) => option.textContent);
    return codes('members-table').join() !== codes('months-table').join() && options.length === known.length &&
      options.every((option) => known.includes(option));
  }), 'each practice of the picker has its own name, though the tables are in different orders');
  await page.selectOption('#choice', '3');
  check((await page.textContent('#chosen-link a')) !== '', 'a practice can be shown in the chart');
  check((await page.getAttribute('#chosen-link a', 'href')) ===
    '#list-' + (await page.textContent('#choice option[value="3"]')).split(' ')[0], 'and the link opens the list of that practice');
  await page.evaluate(() => { window.print = () => {}; });
  await page.locator(`[id="list-${code}"] .print-list`).click();
  await page.emulateMedia({ media: 'print' });
  check(await page.locator(`[id="list-${code}"] table`).isVisible(), 'its list is on the paper');
  check(!await page.locator('#trend').isVisible(), 'and nothing else is');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;
  check(pages >= 1 && pages <= 6, 'one list is a few pages: ' + pages);
}

async function keyboard() {
  const page = await open();
  await page.keyboard.press('Tab');
  check(await page.evaluate(() => document.activeElement.textContent) === 'Skip to main content', 'the first stop skips to the content');
  await page.locator('#trend-live').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const said = await page.textContent('#trend-live .u-legend');
  check(/20\d\d/.test(said), 'arrow keys read the chart: ' + said);
  const reached = await page.evaluate(() => [...document.querySelectorAll('.scroll, .across')].every((e) => e.tabIndex === 0));
  check(reached, 'what scrolls can be reached by keyboard');
}

// On a usual screen no table runs out of its box sideways, but those of every measure or month.
async function desktop() {
  const page = await open({ viewport: { width: 1280, height: 900 } });
  const wide = await page.$$eval('.scroll', (all) => all.filter((e) => e.clientWidth > 0 && e.scrollWidth > e.clientWidth)
    .map((e) => e.firstElementChild.id).filter((id) => !/^(measures|months|gas-measures)-table$/.test(id)));
  check(wide.length === 0, 'tables fit the screen: ' + wide);
  const marks = await page.$$eval('#trend-live .u-marker', (all) => all.map((e) => getComputedStyle(e).borderTopStyle));
  check(['solid', 'dashed', 'dotted'].every((style) => marks.includes(style)), 'a legend tells broken lines: ' + marks);
  check(await page.$eval('.u-legend', (e) => getComputedStyle(e).fontFamily) === 'arial, sans-serif', 'a legend has the letters of the page');
}

async function paper() {
  const page = await open();
  await page.evaluate(() => { document.querySelector('details.practice').open = true; });
  await page.emulateMedia({ media: 'print' });
  check(await page.locator('#trend svg.still').isVisible() && !await page.locator('#trend-live').isVisible(), 'paper has the still chart');
  check(!await page.locator('#search').isVisible(), 'paper has no controls');
  const whole = await page.$$eval('table', (all) => all.filter((e) => getComputedStyle(e).breakInside !== 'auto').length);
  check(whole === 0, 'a long table goes on over the page instead of leaving half of one empty: ' + whole);
  const sizes = await page.$$eval('#targets-table .note', (all) => all.map((e) => [e, e.parentElement].map((x) => getComputedStyle(x).fontSize)));
  check(sizes.length > 0 && sizes.every(([one, other]) => one === other), 'words in a cell are no larger than the cell');
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  check(pdf.subarray(0, 4).toString() === '%PDF', 'it prints to PDF');
  check(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12]/.test(pdf.toString('latin1')), 'on A4');
}

async function withoutScripting() {
  const page = await open();
  const bare = await open({ javaScriptEnabled: false });
  const cells = (p) => p.locator('td').count();
  check(await bare.locator('#trend svg.still').isVisible(), 'without scripting there is a still chart');
  check(!await bare.locator('#search').isVisible(), 'and no control that does nothing');
  check(await cells(bare) === await page.locator('main td:not(.u-value)').count(), 'and every figure');
  await bare.locator('details.practice > summary').first().click();
  check(await bare.locator('details.practice table').first().isVisible(), 'and a list can be opened');
  await page.context().close();
}

async function phone() {
  const page = await open({ viewport: { width: 320, height: 640 } });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(wide <= 0, 'on a phone nothing moves sideways: ' + wide);
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
  check(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0, 'with all open neither');
  await violations(page, 'phone');
}

async function use() {
  await sorting();
  await searching();
  await opening();
  await keyboard();
  await desktop();
  await paper();
  await withoutScripting();
  await phone();
  await violations(await open(), 'as opened');
  check(readFileSync(resolve(folder, 'report.html')).length < 3e6, 'under 3 MB');
}

// What charts write onto their canvas: [text, number of the canvas, place], told by the test.
function noteTexts() {
  const canvases = [], fill = CanvasRenderingContext2D.prototype.fillText;
  window.canvasTexts = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    if (!canvases.includes(this.canvas)) canvases.push(this.canvas);
    window.canvasTexts.push([text, canvases.indexOf(this.canvas), Math.round(x)]);
    return fill.apply(this, arguments);
  };
}

// The run of names has two months, in which an axis of days would name each several times.
async function axes(page) {
  const texts = (await page.evaluate(() => window.canvasTexts)).filter(([text]) => /^[A-Z][a-z]+ \d\d$/.test(text));
  const places = new Set(texts.map((text) => text.join()));
  const labels = new Set(texts.map(([text, canvas]) => [text, canvas].join()));
  check(labels.size === 4 && places.size === 4, 'each month is named once in each chart: ' + [...places]);
}

async function names() {
  const page = await open({}, noteTexts);
  await axes(page);
  const wanted = JSON.parse(readFileSync(resolve(folder, 'names.json'), 'utf8'));
  const shown = await column(page, 2);
  for (const name of wanted) check(shown.includes(name), 'shown as it is: ' + name + ' in ' + shown);
  check(await page.evaluate(() => window.hacked === undefined && document.querySelectorAll('main script').length === 0), 'no name is run');
  await page.selectOption('#choice', '1');
  check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'a long name stays in its place');
}

if (what === 'figures') await checkFigures(await open(), folder, icb, check);
else await { use, names }[what]();
await browser.close();
console.log(`${checks} checks, ${faults} faults`);
process.exit(faults > 0 || checks === 0 ? 1 : 0);
