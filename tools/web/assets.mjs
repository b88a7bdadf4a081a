// usage: node assets.mjs NODE_MODULES PAGE.scss PAGE.js > page_assets.c
// The style and the script of report.html as C: the program needs no file of theirs.
// The hash is what the page's own security policy lets run, and nothing else.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [modules, stylePath, scriptPath] = process.argv.slice(2);
const require = createRequire(resolve(modules, 'x.js'));
const sass = require('sass');

const style = sass.compile(stylePath, {
  loadPaths: [modules],
  quietDeps: true,
  style: 'compressed',
  charset: false,
}).css.replace(/[^;{}]*url\("\/assets\/[^)]*\)[^;}]*;?/g, '') + // icons that we do not use
  readFileSync(resolve(modules, 'uplot/dist/uPlot.min.css'), 'utf8');
const script = readFileSync(resolve(modules, 'uplot/dist/uPlot.iife.min.js'), 'utf8') +
  readFileSync(scriptPath, 'utf8');

const remote = /(?:https?:)?\/\/[a-z0-9]|@font-face|@import|url\((?!["']?data:)/;
const away = style.match(remote);
if (away) throw new Error(`the style reaches outside: ${away[0]}`);
if (/<\/script|<!--/i.test(script)) throw new Error('the script would end its own element');

const bytes = (text) =>
  [...new Int8Array(Buffer.from(text, 'utf8'))].join(',').replace(/(.{1,96},)/g, '$1\n');
const array = (name, text) =>
  `static const char ${name}[] = {\n${bytes(text)}\n};\n`;
const view = (name, of) => `const struct view ${name} = {${of}, sizeof ${of}};\n`;
const hash = 'sha256-' + createHash('sha256').update(script, 'utf8').digest('base64');

process.stdout.write('#include "page/page_assets.h"\n' +
  array('style', style) + array('script', script) + array('hash', hash) +
  view('page_style', 'style') + view('page_script', 'script') + view('page_script_hash', 'hash'));
process.stderr.write(`page: style ${style.length} bytes, script ${script.length} bytes\n`);
